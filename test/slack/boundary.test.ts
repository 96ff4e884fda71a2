/** Whatever fails, people read it where they acted, and nothing they typed is lost. */
import { describe, expect, it, jest } from '@jest/globals';
import { wordsOf } from '../../sandbox/driver.ts';
import { askForHelp } from '../journeys/story.ts';
import { makeExpertise } from '../support/make.ts';
import {
  ASKED,
  NOTE,
  at,
  broken,
  inTime,
  last,
  modalOf,
  openAsk,
  openPanel,
  stage,
  typing,
  waitingOnHome,
  type Way,
} from '../support/stage.ts';

// Only real time can show that real budgets are kept.
jest.setTimeout(15_000);

/** All there is to read: nothing of what went wrong inside. */
const ONLY_OUR_FAULT =
  /^(Something went wrong\n)?(:warning: )?Something went wrong on our side\. Please try again; if it happens again, tell an administrator what you did\.$/;

describe.each<Way>(['http', 'socket'])('a no over %s', (mode) => {
  stage(mode);
  it('stands below a command, only for who typed it', async () => {
    await at.all.gus.command('acme-support', '/livechat open');
    expect(await last(at.all.gus, 'acme-support')).toContain('not open to guests');
    inTime(at.all.gus);
  });

  it('stands beside the message whose button was pressed', async () => {
    await at.all.emi.press('Join', await askForHelp(at.world));
    expect(await last(at.all.emi, 'support-help')).toContain('Only agents can do this');
  });

  it('stands above the modal whose button was pressed', async () => {
    await openPanel();
    await at.all.maya.command('acme-support', '/livechat close');
    await at.all.ana.press('Close conversation', 'modal');
    expect(await modalOf(at.all.ana)).toMatch(/^Conversation\n:warning: .*closed[\s\S]*Note/);
  });

  it('opens over Home', async () => {
    await waitingOnHome();
    await at.all.maya.command('acme-support', '/livechat close');
    await at.all.ben.press('Join', 'home');
    expect(await modalOf(at.all.ben)).toMatch(/^Not possible\n.*was closed/);
  });

  it('opens after a global shortcut', async () => {
    await at.all.gus.shortcut('Looking for help');
    expect(await modalOf(at.all.gus)).toMatch(/^Not possible\n.*not open to guests/);
  });

  it('stands under the field of a form it is about', async () => {
    await openAsk();
    await at.db('expertise').delete();
    expect(await at.all.ana.submit()).toEqual({ expertise: expect.stringContaining('was deleted') });
    expect(await modalOf(at.all.ana)).toContain('Ask for help');
    expect(await at.db('conversations')).toEqual([]);
  });

  it('stands above a form when it is about none of its fields, which all stay', async () => {
    await openPanel();
    await typing(at.all.ana, { Note: NOTE });
    const before = await at.all.ana.modal();
    await at.all.maya.command('acme-support', '/livechat close');
    expect(await at.all.ana.submit()).toEqual({});
    const after = await at.all.ana.modal();
    expect(wordsOf(after)).toMatch(/:warning: That conversation is closed/);
    expect(after.blocks.slice(1)).toEqual(before.blocks);
  });

  it('offers nothing in a search', async () => {
    for (let n = 0; n < 100; n += 1)
      await makeExpertise(at.db, `Expertise ${n}`, { workspaceId: at.world.slack.teamId });
    await at.all.ana.command('acme-support', '/livechat ask');
    await at.all.maya.send('setPerson', { user: at.all.ana.id, role: 'guest' });
    await at.world.settle();
    await expect(typing(at.all.ana, { [ASKED]: ['Billing'] })).rejects.toThrow('there is ');
  });
});

describe.each<Way>(['http', 'socket'])('an error of ours over %s hides why', (mode) => {
  stage(mode);
  it('below a command', async () => {
    await broken(() => at.all.ana.command('acme-support', '/livechat open'));
    expect(await last(at.all.ana, 'acme-support')).toMatch(ONLY_OUR_FAULT);
    inTime(at.all.ana);
  });

  it('beside a message', async () => {
    const card = await askForHelp(at.world);
    await broken(() => at.all.ben.press('Join', card));
    expect(await last(at.all.ben, 'support-help')).toMatch(ONLY_OUR_FAULT);
  });

  it('above a modal', async () => {
    await openPanel();
    await broken(() => at.all.ana.press('Close conversation', 'modal'));
    expect((await modalOf(at.all.ana)).split('\n')[1] ?? '').toMatch(ONLY_OUR_FAULT);
  });

  it('over Home', async () => {
    await waitingOnHome();
    await broken(() => at.all.ben.press('Join', 'home'));
    expect(await modalOf(at.all.ben)).toMatch(ONLY_OUR_FAULT);
  });

  it('after a global shortcut', async () => {
    await broken(() => at.all.ana.shortcut('My preferences'));
    expect(await modalOf(at.all.ana)).toMatch(ONLY_OUR_FAULT);
  });

  it('above a form, which can be sent again as it is', async () => {
    await openAsk();
    await broken(() => at.all.ana.submit());
    expect((await modalOf(at.all.ana)).split('\n')[1] ?? '').toMatch(ONLY_OUR_FAULT);
    expect(await at.all.ana.submit()).toEqual({});
    await at.world.settle();
    expect(await at.db('help_requests').select('note')).toEqual([{ note: NOTE }]);
  });

  it('and after an event tries it again', async () => {
    await at.all.ana.command('acme-support', '/livechat open');
    await at.all.ana.command('acme-support', '/livechat status waiting');
    await broken(() => at.all.gus.say('acme-support', 'Hello?'));
    expect(await at.db('conversations').select('status')).toEqual([{ status: 'waiting' }]);
    at.world.clock.advance({ minutes: 1 });
    await at.world.settle();
    expect(await at.db('conversations').select('status')).toEqual([{ status: 'in_progress' }]);
  });
});
