import { describe, expect, it } from '@jest/globals';
import type { Channel, LiveEvent, Message, Snapshot, View } from '../../../../sandbox/protocol.ts';
import { reduce, type Change } from '../../../../sandbox/client/state/reduce.ts';
import { initialState, type State } from '../../../../sandbox/client/state/state.ts';

const channel = (id: string): Channel => ({
  id,
  kind: 'public',
  name: id,
  topic: '',
  archived: false,
  external: false,
  member: true,
  memberIds: ['ME'],
  unread: 0,
});
const snapshot: Snapshot = {
  workspace: { id: 'T1', name: 'Northwind', domain: 'northwind' },
  app: { id: 'A1', name: 'Beckon', botUserId: 'UBOT', description: '' },
  me: 'ME',
  people: [],
  channels: [channel('C1'), channel('C2'), { ...channel('D1'), kind: 'im', withUser: 'UBOT' }],
  commands: [],
  shortcuts: [],
  steps: [],
  runs: [],
  modals: [],
  appOnline: true,
  knobs: {},
  now: 5000,
};
const message = (ts: string, more: Partial<Message> = {}): Message => ({
  channel: 'C1',
  ts,
  user: 'U1',
  text: ts,
  ...more,
});
const view = (initial: string, version: number, blockId = 'b'): View => ({
  id: 'V1',
  type: 'modal',
  callbackId: 'c',
  title: 'T',
  blocks: [
    { type: 'input', block_id: blockId, element: { type: 'plain_text_input', action_id: 'a', initial_value: initial } },
  ],
  privateMetadata: '',
  hash: '',
  version,
});
const first: Change = { type: 'snapshot', snapshot, people: [], localNow: 2000 };
const after = (...changes: (Change | LiveEvent)[]): State => [first, ...changes].reduce<State>(reduce, initialState);
const loaded: Change = { type: 'loaded', channel: 'C1', messages: [message('1.000001'), message('2.000001')] };
const times = (state: State) => state.messages['C1']?.map((each) => each.ts);
const typed = (value: string): Change => ({
  type: 'value',
  form: 'V1',
  blocks: view('', 1).blocks,
  blockId: 'b',
  actionId: 'a',
  value: { type: 'plain_text_input', value },
});
const held = (state: State, blockId = 'b') => state.forms['V1']?.values[blockId]?.['a']?.['value'];

const count = (state: State) => state.messages['C1']?.[0]?.replyCount;
const open = (...views: View[]): LiveEvent => ({ type: 'modals', modals: views });

describe('the page', () => {
  it('counts time from the server', () => {
    expect(after().clockOffset).toBe(3000);
  });

  it('keeps messages in the order of their time', () => {
    expect(times(after(loaded, { type: 'message', message: message('1.500000') }))).toEqual([
      '1.000001',
      '1.500000',
      '2.000001',
    ]);
  });

  it('shows a message once, however often it arrives', () => {
    const arrival = { type: 'message', message: message('3.000001') } as const;
    expect(times(after(loaded, arrival, arrival))).toHaveLength(3);
  });

  it('replaces a changed message and forgets a deleted one', () => {
    const changed = { type: 'message_changed', message: message('1.000001', { text: 'new', edited: true }) } as const;
    const state = after(loaded, changed, { type: 'message_deleted', channel: 'C1', ts: '2.000001' });
    expect(state.messages['C1']).toEqual([changed.message]);
  });

  it('counts a reply on its parent once, also when the parent is updated too', () => {
    const reply = { type: 'message', message: message('3.000001', { threadTs: '1.000001' }) } as const;
    const parent = message('1.000001', { replyCount: 1, latestReply: '3.000001' });
    expect(count(after(loaded, reply))).toBe(1);
    expect(count(after(loaded, reply, { type: 'message_changed', message: parent }))).toBe(1);
    expect(count(after(loaded, { type: 'message_changed', message: parent }, reply))).toBe(1);
  });

  it('marks a channel unread when somebody else writes there while another is open', () => {
    const elsewhere: Change = { type: 'place', place: { type: 'channel', id: 'C2' } };
    const unread = (...changes: LiveEvent[]) => after(elsewhere, ...changes).snapshot?.channels[0]?.unread;
    expect(unread({ type: 'message', message: message('3.000001') })).toBe(1);
    expect(unread({ type: 'message', message: message('3.000001', { user: 'ME' }) })).toBe(0);
    expect(unread({ type: 'message', message: message('3.000001', { threadTs: '1.000001' }) })).toBe(0);
    expect(unread({ type: 'message', message: message('3.000001', { ephemeral: true }) })).toBe(0);
  });

  it('does not mark the messages of the app unread while they are looked at', () => {
    const tab: Change = { type: 'place', place: { type: 'app', tab: 'messages' } };
    const state = after(tab, { type: 'message', message: message('3.000001', { channel: 'D1', user: 'UBOT' }) });
    expect(state.snapshot?.channels[2]?.unread).toBe(0);
  });

  it('closes the thread when another place is opened', () => {
    const state = after(
      { type: 'thread', thread: { channel: 'C1', ts: '1.0' } },
      { type: 'place', place: { type: 'app', tab: 'home' } },
    );
    expect(state.thread).toBeUndefined();
  });
});

describe('modals', () => {
  it('start from their initial values', () => {
    expect(held(after(open(view('Ana', 1))))).toBe('Ana');
  });

  it('keep what was typed when their content is replaced', () => {
    expect(held(after(open(view('Ana', 1)), typed('Anita'), open(view('Bo', 2))))).toBe('Anita');
  });

  it('start anew under another block id', () => {
    const state = after(open(view('Ana', 1)), typed('Anita'), open(view('Bo', 2, 'other')));
    expect(held(state, 'other')).toBe('Bo');
    expect(held(state)).toBeUndefined();
  });

  it('forget what was typed once they are closed', () => {
    expect(held(after(open(view('Ana', 1)), typed('Anita'), open(), open(view('Ana', 1))))).toBe('Ana');
  });

  it('drop the error of a field when it is changed, and only that one', () => {
    const errors: Change = { type: 'errors', form: 'V1', errors: { b: 'wrong', c: 'wrong too' } };
    expect(after(open(view('', 1)), errors, typed('x')).forms['V1']?.errors).toEqual({ c: 'wrong too' });
  });
});
