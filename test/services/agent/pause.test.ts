import { beforeEach, expect, it } from '@jest/globals';
import { pause } from '../../../src/services/agent/pause.ts';
import { findAgent } from '../../../src/store/agents.ts';
import { actor, makeSupport } from '../../support/help.ts';
import { makePerson, type TestDeps } from '../../support/make.ts';
import { describeOnBoth } from '../../support/on-both.ts';

describeOnBoth('a pause', (on) => {
  let deps: TestDeps;
  beforeEach(async () => {
    deps = on();
    await makeSupport(deps);
  });

  const until = async () => (await findAgent(deps.db, 'T1', 'UBEN'))?.pausedUntil;

  it('lasts as long as was chosen, until it is ended', async () => {
    await pause(deps, actor('UBEN'), '2h');
    expect(await until()).toBe('2026-03-02T11:00:00.000Z');
    await pause(deps, actor('UBEN'), 'none');
    expect(await until()).toBeUndefined();
  });

  it('ends at eight tomorrow where the person is', async () => {
    await pause(deps, actor('UBEN'), 'morning');
    expect(await until()).toBe('2026-03-03T07:00:00.000Z');
  });

  it('ends at eight of a date where the person is, and not on a day that is over', async () => {
    await pause(deps, actor('UBEN'), 'date', '2026-03-20');
    expect(await until()).toBe('2026-03-20T07:00:00.000Z');
    await expect(pause(deps, actor('UBEN'), 'date', '2026-03-01')).rejects.toMatchObject({ field: 'pause_until' });
    expect(await until()).toBe('2026-03-20T07:00:00.000Z');
  });

  it('is for agents', async () => {
    await makePerson(deps.db, 'UNEW');
    await expect(pause(deps, actor('UNEW'), '30m')).rejects.toMatchObject({ code: 'not_allowed' });
    await expect(pause(deps, actor('UGUS'), '30m')).rejects.toMatchObject({ code: 'not_allowed' });
  });
});
