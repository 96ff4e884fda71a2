/** Which desk a new conversation is for, asked where nothing says so. */
import type { InputBlock, KnownBlock } from '@slack/types';
import type { Spot } from '../../domain/place.ts';
import type { NamedDesk } from '../../services/conversation/desk-for.ts';
import { channelLink, modal, plain, section, type Modal } from './blocks.ts';
import { input, option, readChoice, readMetadata, type SubmittedForm } from './form.ts';

export const ids = { form: 'desk_question' } as const;

/** Slack's limit for a list of options. */
const DESKS_MAX = 100;

/** A list to choose one of these desks from. */
export const deskInput = (
  desks: readonly NamedDesk[],
  { initial, ...words }: { initial?: string | undefined; hint?: string; actionId?: string } = {},
): InputBlock => {
  const shown = desks.slice(0, DESKS_MAX);
  const chosen = shown.find(({ id }) => id === initial);
  return input(
    'desk',
    'Desk',
    {
      type: 'static_select',
      placeholder: plain('Choose a desk'),
      options: shown.map(({ id, name }) => option(name, id)),
      ...(chosen && { initial_option: option(chosen.name, chosen.id) }),
    },
    words,
  );
};

/** The question in another form; nothing where there is nothing to ask. */
export const deskQuestion = (desks: readonly NamedDesk[]): KnownBlock[] =>
  desks.length === 0
    ? []
    : [deskInput(desks, { hint: 'You are on several desks. This channel keeps your answer, so it is asked once.' })];

export type OpenForm = Spot & { readonly desks: readonly NamedDesk[] };

type Metadata = Spot;

/** The question by itself, when a conversation is opened by command or in a thread. */
export const openModalFor = ({ desks, ...spot }: OpenForm): Modal =>
  modal(
    'Open a conversation',
    [section(`Which desk answers in ${channelLink(spot.channelId)}?`), ...deskQuestion(desks)],
    {
      callbackId: ids.form,
      submit: 'Open',
      close: 'Cancel',
      metadata: spot satisfies Metadata,
    },
  );

export const readOpen = (form: SubmittedForm): Spot & { deskId: string } => ({
  ...readMetadata<Metadata>(form),
  deskId: readChoice(form, 'desk'),
});
