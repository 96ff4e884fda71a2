import { beforeEach, expect, it } from '@jest/globals';
import { findCaller } from '../../src/store/callers.ts';
import { findPerson, listPeople, saveDnd, savePeople, savePresence } from '../../src/store/people.ts';
import type { Db } from '../../src/store/db.ts';
import { makeAgent, makeDesk, makePerson, makeWorkspace, person } from '../support/make.ts';
import { describeOnBoth } from '../support/on-both.ts';

const first = new Date('2026-03-02T09:00:00.000Z');
const later = new Date('2026-03-02T10:00:00.000Z');

describeOnBoth('people', (on) => {
  let db: Db;
  beforeEach(async () => {
    ({ db } = on());
    await makeWorkspace(db, 'T1');
    await makeWorkspace(db, 'T2');
  });

  it('come back as Slack told of them', async () => {
    const ana = person('UANA', {
      isGuest: true,
      isSlackAdmin: true,
      huddleUntil: '2026-03-02T09:30:00.000Z',
      statusEmoji: ':palm_tree:',
      statusUntil: '2026-03-03T00:00:00.000Z',
    });
    const ben = person('UBEN', { isBot: true, isDeactivated: true, isOutsider: true });
    await savePeople(db, 'T1', [ana, ben], first);
    const signals = {
      presence: 'unknown',
      presenceAt: undefined,
      dndStartsAt: undefined,
      dndEndsAt: undefined,
      dndAt: undefined,
      readAt: first.toISOString(),
    };
    expect(await findPerson(db, 'T1', 'UANA')).toEqual({ ...ana, ...signals });
    expect(await findPerson(db, 'T1', 'UBEN')).toEqual({ ...ben, ...signals });
    expect(await findPerson(db, 'T2', 'UANA')).toBeUndefined();
  });

  it('keep their signals when Slack tells of them again', async () => {
    await makePerson(db, 'UANA');
    await savePresence(db, 'T1', new Map([['UANA', 'away']]), first);
    await saveDnd(db, 'T1', 'UANA', { startsAt: 'a', endsAt: 'b' }, first);
    await savePeople(db, 'T1', [person('UANA', { name: 'Ana K.' })], later);
    expect(await findPerson(db, 'T1', 'UANA')).toMatchObject({
      name: 'Ana K.',
      presence: 'away',
      presenceAt: first.toISOString(),
      dndStartsAt: 'a',
      dndEndsAt: 'b',
      readAt: later.toISOString(),
    });
  });

  it('lose a huddle, a status and a window of do not disturb that are over', async () => {
    await makePerson(db, 'UANA', { huddleUntil: 'x', statusEmoji: ':x:', statusUntil: 'y' });
    await saveDnd(db, 'T1', 'UANA', { startsAt: 'a', endsAt: 'b' }, first);
    await makePerson(db, 'UANA');
    await saveDnd(db, 'T1', 'UANA', { startsAt: undefined, endsAt: undefined }, later);
    expect(await findPerson(db, 'T1', 'UANA')).toMatchObject({
      huddleUntil: undefined,
      statusEmoji: '',
      statusUntil: undefined,
      dndStartsAt: undefined,
      dndEndsAt: undefined,
      dndAt: later.toISOString(),
    });
  });

  it('are saved by the thousand, as many as a large channel has', async () => {
    const crowd = Array.from({ length: 1500 }, (_, i) => person(`U${i}`));
    await savePeople(db, 'T1', crowd, first);
    await savePeople(db, 'T1', crowd, later);
    const known = await listPeople(
      db,
      'T1',
      crowd.map(({ userId }) => userId),
    );
    expect(known.size).toBe(1500);
    expect(known.get('U1499')?.readAt).toBe(later.toISOString());
  });

  it('have the presence Slack told of, each their own, in their workspace only', async () => {
    await makePerson(db, 'UANA');
    await makePerson(db, 'UBEN');
    await makePerson(db, 'UANA', { workspaceId: 'T2' });
    await savePresence(
      db,
      'T1',
      new Map([
        ['UANA', 'active'],
        ['UBEN', 'unknown'],
        ['UNEVERMET', 'away'],
      ]),
      first,
    );
    expect(await findPerson(db, 'T1', 'UANA')).toMatchObject({ presence: 'active', presenceAt: first.toISOString() });
    expect(await findPerson(db, 'T1', 'UBEN')).toMatchObject({ presence: 'unknown', presenceAt: first.toISOString() });
    expect(await findPerson(db, 'T2', 'UANA')).toMatchObject({ presence: 'unknown', presenceAt: undefined });
    expect(await findPerson(db, 'T1', 'UNEVERMET')).toBeUndefined();
  });

  it('are agents on a desk of their own workspace only', async () => {
    await makeDesk(db);
    await makeAgent(db, 'UANA', { desks: ['support'] });
    await makePerson(db, 'UANA', { workspaceId: 'T2' });
    expect((await findCaller(db, 'T1', 'UANA'))?.isOnDesk).toBe(true);
    expect((await findCaller(db, 'T2', 'UANA'))?.isOnDesk).toBe(false);
    expect(await findCaller(db, 'T1', 'UNOBODY')).toBeUndefined();
  });
});
