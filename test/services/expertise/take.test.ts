import { beforeEach, expect, it } from '@jest/globals';
import { assign, unassign } from '../../../src/services/expertise/assign.ts';
import { editExpertise } from '../../../src/services/expertise/edit.ts';
import { stillTaken } from '../../../src/services/expertise/take.ts';
import { markDone } from '../../../src/store/outbox-marks.ts';
import { claimNotices } from '../../../src/store/outbox.ts';
import { actor, makeSupport } from '../../support/help.ts';
import { makeAdministrator, makeExpertise, type TestDeps } from '../../support/make.ts';
import { describeOnBoth } from '../../support/on-both.ts';
import { noticesOf } from '../../support/state.ts';

const root = actor('UROOT');

describeOnBoth('expertise that an administrator takes away', (on) => {
  let deps: TestDeps;
  beforeEach(async () => {
    deps = on();
    await makeSupport(deps);
    await makeExpertise(deps.db, 'Refunds');
    await makeAdministrator(deps.db, 'UROOT');
    await assign(deps, root, { userIds: ['UBEN', 'UROOT'], name: 'Refunds' });
    await deps.db('notices').delete();
  });

  const take = (name: string, ...userIds: string[]) => unassign(deps, root, { userIds, name });
  const told = () => noticesOf(deps.db);

  it('is told once for all that is taken within two minutes', async () => {
    await take('Billing', 'UBEN', 'UCLEO');
    const operators = { add: [], remove: ['UBEN'] };
    await editExpertise(deps, root, { expertiseId: 'refunds', version: 1, operators, shown: ['UBEN'] });
    expect(await told()).toEqual([
      { kind: 'expertise.taken', userId: 'UBEN', expertiseIds: ['billing', 'refunds'] },
      { kind: 'expertise.taken', userId: 'UCLEO', expertiseIds: ['billing'] },
    ]);
    const claim = () => claimNotices(deps.db, { now: deps.now(), leaseMs: 60_000, limit: 8 });
    expect(await claim()).toEqual([]);
    deps.clock.advance({ minutes: 2 });
    const due = await claim();
    expect(due).toHaveLength(2);
    for (const row of due) await markDone(deps.db, [row], deps.now());
    await assign(deps, root, { userIds: ['UBEN'], name: 'Billing' });
    await take('Billing', 'UBEN');
    expect((await told()).filter(({ kind }) => kind === 'expertise.taken')).toHaveLength(3);
  });

  it('is told neither to who did not have it nor to who did it', async () => {
    await take('Refunds', 'UCLEO', 'UROOT');
    expect(await told()).toEqual([]);
  });

  it('is not told of what was given back or deleted meanwhile', async () => {
    const taken = { kind: 'expertise.taken', userId: 'UBEN', expertiseIds: ['billing', 'refunds', 'gone'] } as const;
    await take('Billing', 'UBEN');
    expect(await stillTaken(deps, 'T1', taken)).toEqual(['Billing']);
    await assign(deps, root, { userIds: ['UBEN'], name: 'Billing' });
    expect(await stillTaken(deps, 'T1', taken)).toEqual([]);
  });
});
