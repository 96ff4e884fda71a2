import { beforeEach, expect, it } from '@jest/globals';
import { awayEmoji, changeAwayEmoji } from '../../../src/services/workspace/away-emoji.ts';
import { actor, ask, makeSupport } from '../../support/help.ts';
import { makeAdministrator, type TestDeps } from '../../support/make.ts';
import { describeOnBoth } from '../../support/on-both.ts';

const root = actor('UROOT');
const shown = [':palm_tree:', ':face_with_thermometer:'];

describeOnBoth('out-of-office emoji', (on) => {
  let deps: TestDeps;
  beforeEach(async () => {
    deps = on();
    await makeSupport(deps);
    await makeAdministrator(deps.db, 'UROOT');
  });

  const change = (add: string[], remove: string[] = [], as = root) =>
    changeAwayEmoji(deps, as, { change: { add, remove }, shown });

  it('begin with a palm tree and a thermometer, and are what administrators make them', async () => {
    expect(await awayEmoji(deps, root)).toEqual(shown);
    expect(await change([':baby:'], [':palm_tree:'])).toMatchObject({ changedMeanwhile: false });
    expect(await awayEmoji(deps, root)).toEqual([':face_with_thermometer:', ':baby:']);
  });

  it('keep what two administrators change at once', async () => {
    await Promise.all([change([':baby:']), change([':bus:'], [':palm_tree:'])]);
    expect((await awayEmoji(deps, root)).toSorted()).toEqual([':baby:', ':bus:', ':face_with_thermometer:']);
    expect(await change([':baby:'])).toMatchObject({ changedMeanwhile: true });
  });

  it('decide who is called', async () => {
    await deps.db('people').where({ user_id: 'UBEN' }).update({ status_emoji: ':baby:' });
    await change([':baby:']);
    expect((await ask(deps)).called).toEqual(['UCLEO']);
  });

  it('are twenty at most, also together', async () => {
    await change(Array.from({ length: 18 }, (_, i) => `:e${i}:`));
    await expect(change([':one_more:'])).rejects.toMatchObject({ code: 'invalid', field: 'away_emoji' });
  });

  it('are an administrator’s', async () => {
    await expect(awayEmoji(deps, actor('UANA'))).rejects.toMatchObject({ code: 'not_allowed' });
    await expect(change([':baby:'], [], actor('UANA'))).rejects.toMatchObject({ code: 'not_allowed' });
  });
});
