/** The form that asks for help, and what its sender reads afterwards. */
import { NOTE_MAX } from '../../domain/note.ts';
import type { Ask, Asked } from '../../services/help/ask.ts';
import type { AskForm } from '../../services/help/ask-form.ts';
import {
  channelLink,
  placeLink,
  context,
  mention,
  messageModal,
  modal,
  plain,
  quote,
  safeName,
  section,
  type Modal,
} from './blocks.ts';
import { nobodyMatches } from './help-card.ts';
import { leftOutWords } from './left-out.ts';
import { deskQuestion } from './desk-question.ts';
import { expertiseInput } from './expertise-input.ts';
import { input, readChoice, readChoices, readMetadata, readText, type SubmittedForm } from './form.ts';

export const ids = { form: 'ask.form' } as const;

/** Where help is asked for, and the message it is asked on. */
type Metadata = { channelId: string; threadTs: string; message: string };

const whereOf = ({ channelId, threadTs }: AskForm): string =>
  threadTs === '' ? channelLink(channelId) : `This thread in ${channelLink(channelId)}`;

export function askModal(form: AskForm): Modal {
  const expertise = expertiseInput('expertise', 'What should the helper know about?', {
    catalogue: form.catalogue,
    chosen: form.chosen,
    hint: 'The best three who have any of this and are available are called. Leave it empty to call the desk’s own agents.',
  });
  return modal(
    form.again ? 'Ask again' : 'Ask for help',
    [
      section(
        form.again
          ? `${whereOf(form)} is *Looking for help* already. What you add here goes onto its card, and only people who were not called yet are called.`
          : `${whereOf(form)} will be *Looking for help* until somebody joins. The customer is told nothing until then.`,
      ),
      ...(form.message === '' ? [] : [quote(form.message)]),
      ...deskQuestion(form.desks),
      expertise ??
        section(
          'There is no expertise yet, so your desk’s agents are called. An administrator adds some with `/expertise new`.',
        ),
      input(
        'note',
        'Note',
        {
          type: 'plain_text_input',
          multiline: true,
          max_length: NOTE_MAX,
          placeholder: plain('What does the customer need? What did you try?'),
          ...(form.note !== '' && { initial_value: form.note }),
        },
        { optional: true, hint: 'It is on the help card. Only your team reads it.' },
      ),
    ],
    {
      callbackId: ids.form,
      submit: form.again ? 'Update' : 'Ask for help',
      close: 'Cancel',
      metadata: { channelId: form.channelId, threadTs: form.threadTs, message: form.message } satisfies Metadata,
    },
  );
}

export const readAsk = (form: SubmittedForm): Ask => ({
  ...readMetadata<Metadata>(form),
  expertiseIds: readChoices(form, 'expertise'),
  note: readText(form, 'note'),
  ...(readChoice(form, 'desk') !== '' && { deskId: readChoice(form, 'desk') }),
});

const whoIsCalled = (asked: Asked): string =>
  `${calledOrNot(asked)}${leftOutWords(asked.leftOut, asked.wanted, asked.called.length)}`;

function calledOrNot({ called, again, next, wanted, helpChannelId }: Asked): string {
  const people = called.map(mention).join(', ');
  if (called.length > 0) return `${people} ${called.length === 1 ? 'has' : 'have'} been called.`;
  if (next === 'called') return 'Nobody else who matches is available now.';
  if (next === 'fallback') return 'Nobody else who matches can be called, so the desk’s fallback has been called.';
  if (next === 'exhausted') return `${again ? ALL_CALLED : nobodyMatches(wanted)} ${EXHAUSTED}`;
  const first = again ? 'Nobody else' : 'Nobody';
  return helpChannelId === ''
    ? `${first} who matches is available now. The first one back is called; until then the request is on every agent’s Home.`
    : `${first} who matches is available now. The first one back is called; until then the request stays open, and is on every agent’s Home.`;
}

const ALL_CALLED = 'Everybody who matches has been called or is already here.';

const EXHAUSTED =
  'The request is on every agent’s Home; you can ask again with other expertise, or invite somebody with `/livechat invite`.';

const whereItIs = ({ helpChannelId, deskName }: Asked): string =>
  helpChannelId === ''
    ? `${safeName(deskName)} has no help channel, so the request is on Home and experts are called by direct message. An administrator chooses a channel with \`/livechat desks\`.`
    : `The request is in ${channelLink(helpChannelId)}.`;

/** What the asker reads when it is done: where it stands and who was called. */
export function askedModal(asked: Asked): Modal {
  const gone =
    asked.gone > 0
      ? [context(`${asked.gone} of what you chose was deleted while the form was open and was left out.`)]
      : [];
  const { blocks, ...rest } = messageModal(
    asked.again ? 'Updated' : 'Looking for help',
    `:sos: ${placeLink(asked)} is *Looking for help*.\n${whereItIs(asked)}\n${whoIsCalled(asked)}`,
  );
  return { ...rest, blocks: [...blocks, ...gone] };
}
