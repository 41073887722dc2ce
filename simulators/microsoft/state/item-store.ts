import { immutableId, newChangeKey, nextIdBase, restId } from './item-ids';
import type { SimulatorData, StoredItem, Tombstone } from './model';

export type ChangeType = 'created' | 'updated' | 'deleted';

export interface ItemChange {
  readonly kind: 'event' | 'message';
  readonly changeType: ChangeType;
  readonly item: StoredItem;
  /** Where the item was when a watcher of that place must hear of it. */
  readonly container: string;
}

/** What every new item gets from the store. */
export type GivenByStore = Exclude<keyof StoredItem, 'mailboxId' | 'container'>;

interface StoreHost {
  readonly data: SimulatorData;
  next(): number;
  nowIso(): string;
  emit(change: ItemChange): void;
}

/** Events, or messages, of all mailboxes: ids, indexes, change keys, moves and removals. */
export class ItemStore<T extends StoredItem> {
  private byMailbox = new Map<string, Map<string, T>>();
  private byRestId = new Map<string, T>();

  constructor(
    private readonly host: StoreHost,
    private readonly kind: 'event' | 'message',
    private readonly items: Record<string, T>,
  ) {
    for (const item of Object.values(items)) this.index(item);
  }

  add(fields: Omit<T, GivenByStore>): T {
    const base = nextIdBase(this.host.data.lastIdBase);
    this.host.data.lastIdBase = base;
    const now = this.host.nowIso();
    const sequence = this.host.next();
    const given: Pick<StoredItem, GivenByStore> = {
      id: immutableId(base),
      restId: restId(base, 0),
      idBase: base,
      moves: 0,
      changeKey: newChangeKey(),
      changeSequence: sequence,
      arrivedSequence: sequence,
      createdAt: now,
      modifiedAt: now,
    };
    const item = { ...given, ...fields } as unknown as T;
    this.items[item.id] = item;
    this.index(item);
    this.emit('created', item);
    return item;
  }

  /** By either kind of id, case-sensitively. A default id that an earlier move made stale finds nothing. */
  find(mailboxId: string, id: string): T | undefined {
    const item = this.items[id] ?? this.byRestId.get(id);
    return item?.mailboxId === mailboxId ? item : undefined;
  }

  get(id: string): T | undefined {
    return this.items[id];
  }

  of(mailboxId: string): T[] {
    return [...(this.byMailbox.get(mailboxId)?.values() ?? [])];
  }

  all(): T[] {
    return Object.values(this.items);
  }

  /** After any change of an item: new change key, new time, word to whoever watches. */
  touch(item: T): void {
    item.changeKey = newChangeKey();
    item.changeSequence = this.host.next();
    item.modifiedAt = this.host.nowIso();
    this.emit('updated', item);
  }

  /** Moves an item to another calendar or folder: the default id changes, the immutable one stays. */
  move(item: T, container: string): void {
    if (item.container === container) return;
    const from = item.container;
    this.buryTrace(item, from);
    this.byRestId.delete(item.restId);
    item.container = container;
    item.moves += 1;
    item.restId = restId(item.idBase, item.moves);
    this.byRestId.set(item.restId, item);
    item.changeKey = newChangeKey();
    item.changeSequence = this.host.next();
    item.arrivedSequence = item.changeSequence;
    item.modifiedAt = this.host.nowIso();
    this.emit('deleted', item, from);
    this.emit('created', item);
  }

  /** Removes an item for good. */
  purge(item: T): void {
    this.buryTrace(item, item.container);
    Reflect.deleteProperty(this.items, item.id);
    this.byRestId.delete(item.restId);
    this.byMailbox.get(item.mailboxId)?.delete(item.id);
    this.emit('deleted', item);
  }

  private buryTrace(item: T, container: string): void {
    const stone: Tombstone = {
      id: item.id,
      restId: item.restId,
      mailboxId: item.mailboxId,
      kind: this.kind,
      container,
      changeSequence: this.host.next(),
      times: hasTimes(item) ? { startUtc: item.startUtc, endUtc: item.endUtc } : null,
    };
    this.host.data.tombstones.push(stone);
  }

  private index(item: T): void {
    this.byRestId.set(item.restId, item);
    const shelf = this.byMailbox.get(item.mailboxId) ?? new Map<string, T>();
    shelf.set(item.id, item);
    this.byMailbox.set(item.mailboxId, shelf);
  }

  private emit(changeType: ChangeType, item: T, container = item.container): void {
    this.host.emit({ kind: this.kind, changeType, item, container });
  }
}

function hasTimes(item: object): item is { startUtc: string; endUtc: string } {
  return 'startUtc' in item && 'endUtc' in item;
}
