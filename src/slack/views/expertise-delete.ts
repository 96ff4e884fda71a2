/** Deleting expertise: where it is used, and that it is done. */
import type { KnownBlock } from '@slack/types';
import type { Place } from '../../domain/place.ts';
import { counted } from '../../domain/wording.ts';
import type { ExpertiseUsage, UsageCounts } from '../../services/expertise/usage.ts';
import {
  actions,
  button,
  context,
  mention,
  messageModal,
  modal,
  plain,
  placeLink,
  safeName,
  section,
  withAlert,
  type Modal,
} from './blocks.ts';
import { usageWords } from './expertise-merge.ts';

export const ids = {
  /** A button that shows where the one whose id is its value is used. */
  open: 'expertise_delete.open',
  confirmed: 'expertise_delete.confirmed',
} as const;

const TITLE = 'Delete expertise';

function used(what: string, shown: readonly string[], count: number): KnownBlock[] {
  if (count === 0) return [];
  const more = count > shown.length ? [`${(count - shown.length).toLocaleString('en')} more`] : [];
  return [section(`*${what}*\n${[...shown, ...more].join(', ')}`)];
}

const places = (all: readonly Place[]): string[] => all.map(placeLink);

function usageBlocks({ counts, people, conversations, requests }: ExpertiseUsage): KnownBlock[] {
  return [
    ...used(`${counted(counts.people, 'person has', 'people have')} it`, people.map(mention), counts.people),
    ...used(
      `${counted(counts.conversations, 'open conversation is', 'open conversations are')} about it`,
      places(conversations),
      counts.conversations,
    ),
    ...used(
      `${counted(counts.requests, 'open request for help wants', 'open requests for help want')} it`,
      places(requests),
      counts.requests,
    ),
  ];
}

function deleteButton({ expertise, counts }: ExpertiseUsage) {
  const words = usageWords(counts);
  const { name } = expertise;
  return button(ids.confirmed, 'Delete', {
    style: 'danger',
    value: JSON.stringify({ id: expertise.id, seen: counts }),
    label: `Delete ${name}`,
    confirm: {
      title: plain('Delete it for good?'),
      text: plain(words === '' ? `${name} is used nowhere.` : `${name} is taken from ${words}.`),
      confirm: plain('Delete'),
      deny: plain('Keep it'),
      style: 'danger',
    },
  });
}

export function deleteModal(usage: ExpertiseUsage): Modal {
  const { expertise } = usage;
  const blocks = usageBlocks(usage);
  return modal(TITLE, [
    section(`Delete *${safeName(expertise.name)}*?${blocks.length === 0 ? ' It is used nowhere.' : ''}`),
    ...blocks,
    context(
      'Conversations and requests stay and lose it; what has been written down keeps the name. This cannot be undone. To keep what it is linked to, merge it into another instead.',
    ),
    actions(deleteButton(usage)),
  ]);
}

/** It is used in more places than the person had read when they pressed *Delete*. */
export const usedMoreModal = (usage: ExpertiseUsage): Modal =>
  withAlert(deleteModal(usage), 'It is used in more places by now, so nothing was deleted yet. Please look again.');

/** @throws SyntaxError for a value that is none of the button's */
export const readDelete = (value: string): { expertiseId: string; seen: UsageCounts } => {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the only writer is the button above
  const { id, seen } = JSON.parse(value) as { id: string; seen: UsageCounts };
  return { expertiseId: id, seen };
};

export const deletedModal = ({ expertise }: ExpertiseUsage): Modal =>
  messageModal(TITLE, `:white_check_mark: *${safeName(expertise.name)}* is deleted.`);
