/** My preferences: one form for everything an agent decides for themself. */
import type { KnownBlock } from '@slack/types';
import { CALLS_AN_HOUR, type CalledBy, type Pause, type Takes } from '../../domain/agent.ts';
import { changed } from '../../domain/change.ts';
import { shorten } from '../../domain/name.ts';
import { listed, quoted } from '../../domain/wording.ts';
import type { Preferences } from '../../services/agent/preferences.ts';
import type { PreferencesChange, PreferenceField, SavedPreferences } from '../../services/agent/save-preferences.ts';
import type { Choice } from '../../services/expertise/options.ts';
import { context, dateTime, escape, modal, plain, section, type Modal } from './blocks.ts';
import { expertiseInput } from './expertise-input.ts';
import { names } from './help-card.ts';
import { PAUSE, PAUSE_LENGTHS, pauseInput, readPauseChoice, readPauseDate } from './pause-input.ts';
import { COUNTRY, countryInputs, languageInput } from './where-from.ts';
import {
  hasField,
  input,
  option,
  readChoiceChange,
  readChoicesChange,
  readChoiceSet,
  readOptionText,
  readRow,
  readTextChange,
  savedModal,
  TYPED_NAME_MAX,
  type RowRef,
  type SubmittedForm,
} from './form.ts';

export const ids = {
  /** The global shortcut *My preferences*. */
  shortcut: 'preferences',
  /** A button anywhere that opens the form. */
  open: 'preferences.open',
  form: 'preferences.form',
} as const;

/** Slack's limit of options in one list. https://docs.slack.dev/reference/block-kit/block-elements */
const OPTIONS_MAX = 100;
const PLACEHOLDER_MAX = 150;

const TAKES: readonly [Takes, string][] = [
  ['any', 'Any conversation of my desks'],
  ['mine', 'Only those that want my expertise'],
  ['help', 'Calls for help only'],
];

const CALLED_BY: readonly [CalledBy, string][] = [
  ['mention', 'Mention me in the help channel'],
  ['direct', 'Send me a direct message'],
  ['none', 'Do not call me'],
];

const PAUSES: readonly [Exclude<Pause, 'keep'>, string][] = [['none', 'Not paused'], ...PAUSE_LENGTHS];

const optionsOf = (entries: readonly (readonly [string, string])[]) =>
  entries.map(([value, text]) => option(text, value));

/** Entries come from this file, so one for each value is there. */
const optionOf = <T extends string>(entries: readonly (readonly [T, string])[], value: T) =>
  option(entries.find(([is]) => is === value)?.[1] ?? value, value);

/** A form shows at most a hundred of somebody's expertise; those it does not show are left as they are. */
function chosenIn({ catalogue, expertise }: Preferences): readonly Choice[] {
  const offered = catalogue.kind === 'all' ? new Set(catalogue.choices.map(({ id }) => id)) : undefined;
  return expertise.filter(({ id }) => offered?.has(id) ?? true).slice(0, OPTIONS_MAX);
}

function expertiseField(preferences: Preferences): KnownBlock {
  const { catalogue, isAdministrator } = preferences;
  const hint = 'You are called first when somebody looks for help with one of these.';
  const field = expertiseInput('expertise', 'Live chat expertise', { catalogue, chosen: chosenIn(preferences), hint });
  const who = isAdministrator ? 'Add the first one' : 'Administrators add it';
  return field ?? section(`*Live chat expertise*\nThere is none to choose from yet. ${who} with \`/expertise new\`.`);
}

function deskInput({ desks }: Preferences): KnownBlock {
  const ordered = [...desks.filter(({ mine }) => mine), ...desks.filter(({ mine }) => !mine)].slice(0, OPTIONS_MAX);
  const mine = ordered.filter((desk) => desk.mine);
  return input(
    'desks',
    'Desks',
    {
      type: 'multi_static_select',
      placeholder: plain('Choose desks'),
      options: ordered.map(({ id, name }) => option(name, id)),
      ...(mine.length > 0 && { initial_options: mine.map(({ id, name }) => option(name, id)) }),
    },
    {
      optional: true,
      hint: 'Being on a desk makes you an agent. Without a desk you get no conversations or calls; you keep those you are in.',
    },
  );
}

function pauseInputs({ pausedUntil }: Preferences): KnownBlock[] {
  const entries: [Pause, string][] = pausedUntil === undefined ? [...PAUSES] : [['keep', 'Keep pause'], ...PAUSES];
  const shown = pausedUntil === undefined ? 'none' : 'keep';
  return [
    ...(pausedUntil === undefined
      ? []
      : [context(`:double_vertical_bar: You are paused until ${dateTime(pausedUntil)}.`)]),
    pauseInput('Pause', {
      type: 'static_select',
      options: optionsOf(entries),
      initial_option: optionOf(entries, shown),
    }),
  ];
}

function callInputs({ calledBy, callsAnHour }: Preferences): KnownBlock[] {
  const numbers = Array.from({ length: CALLS_AN_HOUR.max }, (_, index) => String(index + CALLS_AN_HOUR.min));
  return [
    input('called_by', 'How to call me when help is wanted', {
      type: 'radio_buttons',
      options: optionsOf(CALLED_BY),
      initial_option: optionOf(CALLED_BY, calledBy),
    }),
    input('calls_an_hour', 'At most this many calls an hour', {
      type: 'static_select',
      options: numbers.map((number) => option(number, number)),
      initial_option: option(String(callsAnHour), String(callsAnHour)),
    }),
  ];
}

function nameInput({ liveChatName, displayName }: Preferences): KnownBlock {
  const hint = 'Customers read this name when you join, in Beckon’s own messages only. Your Slack name stays as it is.';
  return input(
    'live_chat_name',
    'Live chat name',
    {
      type: 'plain_text_input',
      max_length: TYPED_NAME_MAX,
      ...(liveChatName !== '' && { initial_value: liveChatName }),
      ...(displayName !== '' && { placeholder: plain(shorten(displayName, PLACEHOLDER_MAX)) }),
    },
    { optional: true, hint },
  );
}

export function preferencesModal(preferences: Preferences): Modal {
  const { takes, version } = preferences;
  return modal(
    'My preferences',
    [
      nameInput(preferences),
      languageInput(preferences.languages),
      ...countryInputs(preferences.country),
      expertiseField(preferences),
      deskInput(preferences),
      input('takes', 'Which conversations', {
        type: 'radio_buttons',
        options: optionsOf(TAKES),
        initial_option: optionOf(TAKES, takes),
      }),
      ...pauseInputs(preferences),
      ...callInputs(preferences),
    ],
    { callbackId: ids.form, submit: 'Save', close: 'Cancel', metadata: { id: '', version } satisfies RowRef },
  );
}

const oneOf = <T extends string>(entries: readonly (readonly [T, string])[], value: string): T | undefined =>
  entries.find(([is]) => is === value)?.[0];

function readEntry<T extends string>(form: SubmittedForm, field: string, entries: readonly (readonly [T, string])[]) {
  const change = readChoiceChange(form, field);
  const [from, to] = [oneOf(entries, change?.from ?? ''), oneOf(entries, change?.to ?? '')];
  return from === undefined || to === undefined ? undefined : changed(from, to);
}

/** A choice left as it was shown is no choice: another tab may have paused meanwhile. */
const readPause = (form: SubmittedForm): Pause =>
  readChoiceChange(form, PAUSE) === undefined ? 'keep' : readPauseChoice(form) || 'keep';

/** What the person changed. */
export function readPreferences(form: SubmittedForm): PreferencesChange {
  const calls = readChoiceChange(form, 'calls_an_hour');
  return {
    version: readRow(form)?.version ?? 0,
    liveChatName: readTextChange(form, 'live_chat_name'),
    languages: readChoicesChange(form, 'languages'),
    takes: readEntry(form, 'takes', TAKES),
    pause: readPause(form),
    pauseDate: readPauseDate(form) || undefined,
    calledBy: readEntry(form, 'called_by', CALLED_BY),
    callsAnHour: calls && changed(Number(calls.from), Number(calls.to)),
    country: hasField(form, COUNTRY) ? readChoiceChange(form, COUNTRY) : undefined,
    expertise: readChoiceSet(form, 'expertise'),
    desks: readChoiceSet(form, 'desks'),
  };
}

const FIELD_NAMES: Record<PreferenceField, string> = {
  liveChatName: 'live chat name',
  languages: 'languages',
  takes: 'which conversations',
  calledBy: 'how to call you',
  callsAnHour: 'calls an hour',
  country: 'country',
};

/** What being on these desks, or on none, means. */
const standing = (desks: readonly string[]): string =>
  desks.length === 0
    ? 'You are on no desk, so you get no conversations or calls.'
    : `You are an agent of ${names(desks)}.`;

/** That they are saved, what could not be, and what was changed elsewhere meanwhile. */
export function savedPreferencesModal(saved: SavedPreferences, form: SubmittedForm): Modal {
  const { desks, goneExpertise, goneDesks, stayed, changedMeanwhile } = saved;
  const nameIn = (field: string, id: string) => escape(quoted(readOptionText(form, field, id)));
  const lines = [
    ...goneExpertise.map(
      (id) => `The expertise ${nameIn('expertise', id)} was deleted meanwhile, so it is not among yours.`,
    ),
    ...goneDesks.map((id) => `The desk ${nameIn('desks', id)} is not there any more.`),
    ...(stayed.length === 0
      ? []
      : [
          `Changed elsewhere as well while this was open, and left as it is there: ${listed(stayed.map((field) => FIELD_NAMES[field]))}.`,
        ]),
    ...(changedMeanwhile && stayed.length === 0
      ? ['Other preferences of yours were changed elsewhere meanwhile; they stay.']
      : []),
  ];
  const again = lines.length === 0 ? undefined : { actionId: ids.open, value: '' };
  return savedModal('My preferences', [standing(desks), ...lines], again);
}
