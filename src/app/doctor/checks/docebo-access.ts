import { seesEverything } from '../../../domain/sees-everything';
import { green, red, yellow, type Check, type Finding } from '../check';
import { count } from '../count';
import { DOCEBO_RIGHTS as RIGHTS, unreadable } from '../unreadable';

/** Docebo answers, its token works, and the user behind it sees everything. */
export const doceboAccess: Check = {
  name: 'docebo.access',
  title: 'Docebo: address, token, rights',
  needsTemporal: false,
  async run(context) {
    const all = await Promise.all(
      context.platforms.map(async (platform): Promise<Finding[]> => {
        const { result, via } = await context.platformFacts(platform);
        const { readAs, courses, sample } = result;
        if (!readAs.ok) {
          const { baseUrl } = context.config.platforms[platform]?.docebo ?? {};
          return [unreadable('docebo.token', platform, readAs, `Whether it answers from here: curl -sI ${baseUrl}`)];
        }
        const how = via === 'worker' ? '' : ' (read by this process: no worker polls its queue)';
        const [user = '', level = ''] = readAs.value.split('/', 2);
        const isSuper = seesEverything(readAs.value);
        return [
          green('docebo.token', platform, `the token works: user ${user}, level ${level}${how}`),
          isSuper
            ? green('docebo.rights', platform, `Superadmin; sees ${count(courses.seen, 'course')}`)
            : red(
                ['docebo.rights', platform, `level ${level} is no Superadmin: what it cannot see may count as gone`],
                RIGHTS,
              ),
          ...(sample.ok && courses.seen === 0
            ? [
                yellow(
                  ['docebo.courses', platform, 'the token sees no course at all'],
                  'Is this the right platform (baseUrl in convoke.yaml), and does it have courses?',
                  RIGHTS,
                ),
              ]
            : []),
        ];
      }),
    );
    return all.flat();
  },
};
