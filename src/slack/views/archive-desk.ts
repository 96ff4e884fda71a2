/** Putting a desk away: what it takes, and that it is done. */
import type { KnownBlock } from '@slack/types';
import { counted, listed } from '../../domain/wording.ts';
import type { Archiving } from '../../services/desk/archive.ts';
import { messageModal, modal, safeName, section, type Modal } from './blocks.ts';
import { deskInput } from './desk-question.ts';
import { readChoice, readRow, type RowRef, type SubmittedForm } from './form.ts';

export const ids = { form: 'archive_desk.form' } as const;

function takingOver({ conversations, channels, others }: Archiving): KnownBlock[] {
  const what = [
    ...(conversations > 0 ? [counted(conversations, 'open conversation')] : []),
    ...(channels > 0 ? [counted(channels, 'support channel')] : []),
  ];
  if (what.length === 0) return [];
  return [
    section(`It has *${listed(what)}*. Choose the desk that takes over.`),
    deskInput(others, { hint: 'Whoever is in a conversation stays in it. The customers are told nothing.' }),
  ];
}

export function archiveModal(form: Archiving): Modal {
  const { desk, agents } = form;
  const off = agents === 0 ? '' : ` ${counted(agents, 'agent is', 'agents are')} taken off it.`;
  return modal(
    'Archive desk',
    [
      section(
        `*${safeName(desk.name)}* will not answer conversations any more.${off} Those it has closed stay in its history.`,
      ),
      ...takingOver(form),
    ],
    {
      callbackId: ids.form,
      submit: 'Archive',
      close: 'Cancel',
      metadata: { id: desk.id, version: 0 } satisfies RowRef,
    },
  );
}

export function readArchive(form: SubmittedForm): { deskId: string; takenOverBy?: string } {
  const takenOverBy = readChoice(form, 'desk');
  return { deskId: readRow(form)?.id ?? '', ...(takenOverBy !== '' && { takenOverBy }) };
}

export const archivedModal = (): Modal => messageModal('Edit desk', ':white_check_mark: This desk is archived.');
