import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { MODES } from '../../../src/domain/support-channel.ts';
import type { ChannelForm, ChannelList } from '../../../src/services/support-channel/list.ts';
import { openModalFor, readOpen } from '../../../src/slack/views/desk-question.ts';
import { channelModal, channelsModal, readChannel } from '../../../src/slack/views/support-channels.ts';
import { choices, chosen, count, expectModal, name, submit } from '../../support/forms.ts';

const mode = fc.constantFrom(...MODES);
const desks = choices(150).filter((all) => all.length > 0);

describe('support channels', () => {
  it('are listed validly, with any names', () => {
    const listed: fc.Arbitrary<ChannelList> = fc.record({
      channels: fc.array(fc.record({ channelId: fc.constant('C1'), channelName: name, deskName: name, mode }), {
        maxLength: 40,
      }),
      page: fc.integer({ min: 0, max: 100 }),
      more: count,
    });
    fc.assert(fc.property(listed, (list) => expectModal(channelsModal(list))));
  });

  it('have a form that is valid with any data and holds no change when nobody chose anything else', () => {
    const channel = fc.record({
      channelId: fc.constant('C1'),
      deskId: fc.constant('e0'),
      channelName: name,
      mode,
      version: fc.constant(3),
    });
    const form: fc.Arbitrary<ChannelForm> = fc.record({ channel, desks });
    fc.assert(
      fc.property(form, (data) => {
        expectModal(channelModal(data));
        expect(readChannel(submit(channelModal(data)))).toEqual({
          changed: { channelId: 'C1', version: 3, deskId: undefined, mode: undefined },
        });
      }),
    );
  });

  it('are read from the form that adds one', () => {
    const modal = channelModal({ channel: undefined, desks: [{ id: 'd1', name: 'Support' }] });
    expectModal(modal);
    const typed = {
      channel: { channel: { type: 'conversations_select', selected_conversation: 'C7' } },
      mode: { mode: chosen('radio_buttons', 'threads') },
    };
    expect(readChannel(submit(modal, typed))).toEqual({ added: { channelId: 'C7', deskId: 'd1', mode: 'threads' } });
  });

  it('of a new conversation are asked for with their desks', () => {
    fc.assert(
      fc.property(desks, (all) => {
        const modal = openModalFor({ channelId: 'C1', threadTs: '1.2', desks: all });
        expectModal(modal);
        const answer = readOpen(submit(modal, { desk: { desk: chosen('static_select', 'e0') } }));
        expect(answer).toEqual({ channelId: 'C1', threadTs: '1.2', deskId: 'e0' });
      }),
    );
  });
});
