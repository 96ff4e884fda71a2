import { describe, expect, it } from '@jest/globals';
import { problemLine, validateView } from '../../../sandbox/blockkit/validate.ts';
import { divider, element, home, input, modal, mrkdwn, plain, section, withAccessory } from './samples.ts';

const modalLines = (more: object) => validateView(modal(more), 'modal').map(problemLine);
const homeLines = (more: object) => validateView(home(more), 'home').map(problemLine);

describe('what Slack refuses in views', () => {
  it.each<[string, object, string[]]>([
    [
      'a title of 25 characters',
      { title: plain('t'.repeat(25)) },
      ['must be less than 25 characters [json-pointer:/view/title/text]'],
    ],
    ['a formatted title', { title: mrkdwn('t') }, ['unsupported type: mrkdwn [json-pointer:/view/title/type]']],
    ['no title', { title: undefined }, ['missing required field: title [json-pointer:/view]']],
    [
      'a long close',
      { close: plain('c'.repeat(25)) },
      ['must be less than 25 characters [json-pointer:/view/close/text]'],
    ],
    ['null as submit', { submit: null }, ['must provide an object [json-pointer:/view/submit]']],
    [
      '3001 characters of metadata',
      { private_metadata: 'm'.repeat(3001) },
      ['must be less than 3001 characters [json-pointer:/view/private_metadata]'],
    ],
    [
      'metadata that is an object',
      { private_metadata: {} },
      ['must provide a string [json-pointer:/view/private_metadata]'],
    ],
    [
      'a callback id of 256 characters',
      { callback_id: 'c'.repeat(256) },
      ['must be less than 256 characters [json-pointer:/view/callback_id]'],
    ],
    [
      'an unknown property',
      { submit_disabled: true },
      ['invalid additional property: submit_disabled [json-pointer:/view]'],
    ],
    ['a flag that is text', { notify_on_close: 'true' }, ['must be a boolean [json-pointer:/view/notify_on_close]']],
    [
      '101 blocks',
      { blocks: Array.from({ length: 101 }, () => divider) },
      ['no more than 100 items allowed [json-pointer:/view/blocks]'],
    ],
    ['no blocks', { blocks: undefined }, ['missing required field: blocks [json-pointer:/view]']],
    [
      'inputs without a submit',
      {
        submit: undefined,
        blocks: [divider, section(), input(element('plain_text_input'))],
      },
      ['must define `submit` to use an `input` block in modals [json-pointer:/view/blocks/2/input]'],
    ],
    [
      'a message-only block',
      { blocks: [{ type: 'markdown', text: 'a' }] },
      ['unsupported type: markdown [json-pointer:/view/blocks/0/type]'],
    ],
    [
      'a label of 2001 characters',
      {
        blocks: [input(element('plain_text_input'), { label: plain('l'.repeat(2001)) })],
      },
      ['must be less than 2001 characters [json-pointer:/view/blocks/0/label/text]'],
    ],
    [
      'two elements that take the focus',
      {
        blocks: [
          input(element('plain_text_input', { focus_on_load: true })),
          input(element('users_select', { focus_on_load: true })),
        ],
      },
      ['only one element can have `focus_on_load` set to true [json-pointer:/view/blocks/1/element/focus_on_load]'],
    ],
    [
      'a response address outside an input',
      {
        blocks: [withAccessory(element('channels_select', { response_url_enabled: true }))],
      },
      ['invalid additional property: response_url_enabled [json-pointer:/view/blocks/0/accessory]'],
    ],
  ])('refuses %s in a modal', (_what, more, expected) => {
    expect(modalLines(more)).toEqual(expected);
  });

  it.each<[string, object, string[]]>([
    ['a title', { title: plain('Home') }, ['invalid additional property: title [json-pointer:/view]']],
    [
      'a number input',
      { blocks: [input(element('number_input'))] },
      ['unsupported type: number_input [json-pointer:/view/blocks/0/element/type]'],
    ],
    [
      'an alert',
      { blocks: [{ type: 'alert', text: plain('a') }] },
      ['unsupported type: alert [json-pointer:/view/blocks/0/type]'],
    ],
  ])('refuses %s on Home', (_what, more, expected) => {
    expect(homeLines(more)).toEqual(expected);
  });

  it('takes inputs on Home without a submit button, which Home has not', () => {
    expect(homeLines({ blocks: [input(element('plain_text_input'))] })).toEqual([]);
  });

  it('refuses a Home where a modal belongs', () => {
    expect(validateView(home(), 'modal').map(problemLine)).toEqual([
      'unsupported type: home [json-pointer:/view/type]',
    ]);
  });

  it.each([
    [undefined, 'missing required field: type [json-pointer:/view]'],
    [5, 'must provide a string [json-pointer:/view/type]'],
  ])('refuses %j as the type of a view', (type, expected) => {
    expect(modalLines({ type })).toEqual([expected]);
  });

  it.each([null, 'view', []])('refuses %j as a view', (view) => {
    expect(validateView(view, 'home')).toEqual([{ message: 'must provide an object', pointer: '/view' }]);
  });
});
