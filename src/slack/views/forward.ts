/** *Forward*: the form, which shows who would get a conversation before anything is done. */
import type { InputBlock, KnownBlock } from '@slack/types';
import { FORM_WANTED_MAX, FORWARD_TEXT_MAX } from '../../domain/forward.ts';
import { languageName } from '../../domain/languages.ts';
import type { ForwardForm, FormWish, SentForm } from '../../services/forward/form.ts';
import {
  actions,
  button,
  channelLink,
  context,
  mention,
  modal,
  thePlace,
  plain,
  section,
  type Modal,
} from './blocks.ts';
import { deskInput } from './desk-question.ts';
import {
  hasField,
  input,
  option,
  readChoice,
  readChoices,
  readMetadata,
  readText,
  type SubmittedForm,
} from './form.ts';
import { names } from './help-card.ts';
import { reasonsOf } from './reasons.ts';
import { spoken } from './spoken.ts';
import { languageGroups } from './where-from.ts';

export const ids = {
  form: 'forward',
  /** A button anywhere whose value is a conversation. */
  open: 'forward.open',
  expertise: 'forward.expertise',
  language: 'forward.language',
  /** For which desk a conversation is to be opened. */
  desk: 'forward.desk',
  /** A button whose value is a conversation: asks for help instead. */
  ask: 'forward.ask',
  /** The same where none is open yet: its value is the channel. */
  askHere: 'forward.ask_here',
} as const;

/** What the form keeps beside its fields: for what the people it shows were ranked. */
type Kept = {
  readonly of: SentForm['of'];
  readonly shown: string;
};

const keyOf = ({ wanted, language, deskId }: FormWish & { readonly deskId: string }): string =>
  [...wanted].sort().join(',') + `/${language}/${deskId}`;

/** Where the desk is asked; '' where it is no question. */
const deskAsked = ({ desks, deskId }: ForwardForm): string => (desks.length === 0 ? '' : deskId);

function deskChoice({ desks, deskId }: ForwardForm): InputBlock[] {
  if (desks.length === 0) return [];
  const hint = 'You are on several desks. This channel keeps your answer, so it is asked once.';
  return [{ ...deskInput(desks, { initial: deskId, hint, actionId: ids.desk }), dispatch_action: true }];
}

function expertiseChoice({ wanted }: ForwardForm): InputBlock {
  const options = wanted.map(({ id, name }) => option(name, id));
  return {
    ...input(
      'expertise',
      'Expertise',
      {
        type: 'multi_external_select',
        min_query_length: 0,
        max_selected_items: FORM_WANTED_MAX,
        placeholder: plain('None: whoever is free'),
        ...(options.length > 0 && { initial_options: options }),
      },
      {
        optional: true,
        actionId: ids.expertise,
        hint: 'Who knows most of it comes first. Without any, only agents who take any conversation are asked.',
      },
    ),
    dispatch_action: true,
  };
}

function languageChoice({ language }: ForwardForm): InputBlock {
  return {
    ...input(
      'language',
      'Language',
      {
        type: 'static_select',
        placeholder: plain('Any language'),
        option_groups: languageGroups(),
        ...(language !== '' && { initial_option: option(languageName(language), language) }),
      },
      { optional: true, actionId: ids.language },
    ),
    dispatch_action: true,
  };
}

const NOTE = input(
  'note',
  'Note for the agent — only your team sees this',
  {
    type: 'plain_text_input',
    multiline: true,
    max_length: FORWARD_TEXT_MAX,
    placeholder: plain('What should they know before they answer?'),
  },
  { optional: true },
);

const askInstead = (form: ForwardForm) =>
  form.conversationId === ''
    ? button(ids.askHere, 'Ask for help', { value: form.channelId, label: spoken('Ask for help', form) })
    : askButton(form.conversationId, form);

/** Asks for help instead, where a conversation is open. */
export const askButton = (conversationId: string, place: Parameters<typeof spoken>[1]) =>
  button(ids.ask, 'Ask for help', { value: conversationId, label: spoken('Ask for help', place) });

const ASKED_THEN =
  'Whose presence is not known is asked of Slack when you forward; whoever is away then is passed over.';

const NOBODY = '*Nobody is available now.*';

/** Some agents take only conversations that want their expertise. */
const CHOOSE_FIRST =
  '*Choose what it is about to see who would get it.* As it is, only agents who take any conversation could, and none of them is available now.';

/** Who would get it, with reasons; where nobody would, what to do. */
function best(form: ForwardForm): KnownBlock[] {
  if (form.best.length === 0) {
    return [
      section(
        `${form.wanted.length === 0 ? CHOOSE_FIRST : NOBODY}\nAsk for help instead: experts are called, and the first one back as soon as somebody is. If you forward all the same, Beckon looks once more and otherwise asks for help itself after ten minutes.`,
      ),
      actions(askInstead(form)),
    ];
  }
  const lines = form.best.map((who, index) => {
    const presence = who.isUnknown ? '  ·  presence not known' : '';
    return `${index + 1}. ${mention(who.userId)}: ${reasonsOf(who, { language: form.language, country: '' })}${presence}`;
  });
  const [first] = form.best;
  const missing = first?.missing ?? [];
  return [
    section(`*Who would get it*\n${lines.join('\n')}`),
    ...(form.best.some(({ isUnknown }) => isUnknown) ? [context(ASKED_THEN)] : []),
    ...(missing.length > 0
      ? [context(`Nobody who is available knows more of it. Not covered: ${names(missing.map(({ name }) => name))}.`)]
      : []),
  ];
}

/** @param notice stands above everything else */
export function forwardModal(form: ForwardForm, notice?: string): Modal {
  const { conversationId, channelId, language } = form;
  const asked = deskAsked(form);
  const isOpen = conversationId !== '';
  const shown = keyOf({ wanted: form.wanted.map(({ id }) => id), language, deskId: asked });
  return modal(
    'Forward',
    [
      ...(notice === undefined ? [] : [section(`:information_source: ${notice}`)]),
      section(
        isOpen
          ? `Beckon brings the best agent who is free into *${thePlace(form)}*. The customer reads who joined.`
          : `No conversation is open in ${channelLink(channelId)}. This opens one for its customer and brings the best agent who is free into it. The customer reads who joined.`,
      ),
      ...deskChoice(form),
      expertiseChoice(form),
      languageChoice(form),
      ...best(form),
      NOTE,
    ],
    {
      callbackId: ids.form,
      submit: isOpen ? 'Forward' : 'Open and forward',
      close: 'Cancel',
      metadata: { of: isOpen ? { conversationId } : { channelId, deskId: asked }, shown } satisfies Kept,
    },
  );
}

/** Whether it is the form, not what is answered to it. */
export const isForm = (view: SubmittedForm): boolean => hasField(view, 'expertise');

export type ReadForward = SentForm & {
  /** Somebody changed the wish, and the people shown were ranked for another. */
  readonly isStale: boolean;
};

export function readForward(form: SubmittedForm): ReadForward {
  const { of, shown } = readMetadata<Kept>(form);
  const wish = { wanted: readChoices(form, 'expertise'), language: readChoice(form, 'language') };
  const deskId = readChoice(form, 'desk');
  return {
    of: 'channelId' in of && deskId !== '' ? { ...of, deskId } : of,
    ...wish,
    note: readText(form, 'note'),
    isStale: keyOf({ ...wish, deskId }) !== shown,
  };
}
