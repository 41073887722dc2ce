import Ajv from 'ajv';
import { CommandError } from '../academy/command-error';
import { drop, type Json } from '../wire/json';

export const LISTS = [
  'courses',
  'courseSessions',
  'classroomSessions',
  'sessionEvents',
  'sessionEnrollments',
  'eventInstructors',
  'courseEnrollments',
  'locations',
  'users',
  'learningPlans',
  'learningPlanEnrollments',
  'learningPlanCourses',
  'learningPlanCourseEnrollments',
] as const;
export type ListName = (typeof LISTS)[number];

/**
 * A list that does not tell the whole truth; its `total_count` still does, except for `emptyList`.
 *
 * - `missingItems`: `count` items from `index` on are left out of the page.
 * - `unreadableItem`: the item at `index` of the page has no id.
 * - `hasMoreLies`: `has_more_data` says the opposite.
 * - `emptyList`: the list is empty and says so everywhere.
 */
export interface Oddity {
  readonly kind: 'missingItems' | 'unreadableItem' | 'hasMoreLies' | 'emptyList';
  readonly list: ListName;
  /** Only the list of this session, course or plan. */
  readonly ofId?: number;
  /** Only this page; by default every page. */
  readonly page?: number;
  readonly index?: number;
  readonly count?: number;
  /** How often it strikes; 0, the default, until it is removed. */
  readonly times?: number;
}

export interface ListPage {
  readonly items: Json[];
  readonly totalCount: number;
  readonly hasMore: boolean;
}

const count = { type: 'integer', minimum: 0 };
const isOddity = new Ajv({ allErrors: true }).compile<Oddity>({
  type: 'object',
  additionalProperties: false,
  required: ['kind', 'list'],
  properties: {
    kind: { enum: ['missingItems', 'unreadableItem', 'hasMoreLies', 'emptyList'] },
    list: { enum: LISTS },
    ofId: count,
    page: { type: 'integer', minimum: 1 },
    index: count,
    count,
    times: count,
  },
});

export class OddityBoard {
  private armed: { readonly id: string; readonly oddity: Oddity; struck: number }[] = [];
  private lastId = 0;

  /** @throws CommandError when it is none. */
  arm(oddity: unknown): string {
    if (!isOddity(oddity)) {
      const problems = (isOddity.errors ?? []).map((e) => `${e.instancePath} ${e.message} ${JSON.stringify(e.params)}`);
      throw new CommandError(400, `no oddity: ${problems.join('; ')}`);
    }
    const id = `oddity-${++this.lastId}`;
    this.armed.push({ id, oddity, struck: 0 });
    return id;
  }

  disarm(id?: string): void {
    this.armed = id === undefined ? [] : this.armed.filter((entry) => entry.id !== id);
  }

  list(): readonly { readonly id: string; readonly oddity: Oddity; readonly struck: number }[] {
    return this.armed;
  }

  /** Distorts one page of a list as armed; `idPointer` leads to an item's id. */
  distort(page: ListPage, at: { list: ListName; ofId?: number; page: number; idPointer: string }): ListPage {
    let result = page;
    for (const entry of this.armed) {
      const { oddity } = entry;
      if (oddity.list !== at.list) continue;
      if (oddity.ofId !== undefined && oddity.ofId !== at.ofId) continue;
      if (oddity.page !== undefined && oddity.page !== at.page) continue;
      if (oddity.times !== undefined && oddity.times > 0 && entry.struck >= oddity.times) continue;
      entry.struck++;
      result = apply(oddity, result, at.idPointer);
    }
    return result;
  }
}

function apply({ kind, index = 0, count = 1 }: Oddity, page: ListPage, idPointer: string): ListPage {
  switch (kind) {
    case 'missingItems':
      return { ...page, items: page.items.toSpliced(index, count) };
    case 'hasMoreLies':
      return { ...page, hasMore: !page.hasMore };
    case 'emptyList':
      return { items: [], totalCount: 0, hasMore: false };
    case 'unreadableItem': {
      const item = page.items[index];
      if (item !== undefined) drop(item, idPointer);
      return page;
    }
  }
}
