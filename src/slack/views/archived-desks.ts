/** Desks that were put away: the list, and taking one into use again. */
import type { KnownBlock } from '@slack/types';
import { counted } from '../../domain/wording.ts';
import type { ArchivedDesk, Restored } from '../../services/desk/restore.ts';
import { button, channelLink, context, modal, safeName, section, type Modal } from './blocks.ts';
import { input, readRow, readText, TYPED_NAME_MAX, type RowRef, type SubmittedForm } from './form.ts';

export const ids = {
  /** A button that lists them. */
  open: 'archived_desks.open',
  /** A button that asks under which name the desk whose id is its value comes back. */
  restore: 'archived_desks.restore',
  form: 'archived_desks.form',
} as const;

const DESKS_SHOWN_MAX = 95;

const deskSection = ({ id, name, helpChannelId }: ArchivedDesk): KnownBlock =>
  section(
    `*${safeName(name)}*${helpChannelId === '' ? '' : `\nhelp in ${channelLink(helpChannelId)}`}`,
    button(ids.restore, 'Restore', { value: id, label: `Restore ${name}` }),
  );

/** @param said what has just happened, on top */
export function archivedDesksModal(desks: readonly ArchivedDesk[], said?: string): Modal {
  const left = desks.length - DESKS_SHOWN_MAX;
  const none = 'No desk is archived.';
  return modal('Archived desks', [
    ...(said === undefined ? [] : [section(said)]),
    context(desks.length === 0 ? none : 'They answer no conversations. Restore one and it can have agents again.'),
    ...desks.slice(0, DESKS_SHOWN_MAX).map(deskSection),
    ...(left > 0 ? [context(`${counted(left, 'more', 'more')}.`)] : []),
  ]);
}

/** In place of the form of one that was archived meanwhile. */
export const archivedDeskModal = ({ id, name }: ArchivedDesk): Modal =>
  modal('Edit desk', [
    section(
      `*${safeName(name)}* was archived, so there is nothing to edit. Restore it and it can have agents again.`,
      button(ids.restore, 'Restore', { value: id, style: 'primary', label: `Restore ${name}` }),
    ),
  ]);

export function restoreModal({ id, name, helpChannelId }: ArchivedDesk): Modal {
  const help =
    helpChannelId === '' ? '' : ` Its help channel ${channelLink(helpChannelId)} is checked again before it is used.`;
  return modal(
    'Restore desk',
    [
      section(`*${safeName(name)}* comes back with its rules and nobody on it.${help}`),
      input('name', 'Name', { type: 'plain_text_input', max_length: TYPED_NAME_MAX, initial_value: name }),
    ],
    {
      callbackId: ids.form,
      submit: 'Restore',
      close: 'Cancel',
      metadata: { id, version: 0 } satisfies RowRef,
    },
  );
}

export const readRestore = (form: SubmittedForm): { deskId: string; name: string } => ({
  deskId: readRow(form)?.id ?? '',
  name: readText(form, 'name'),
});

/** On top of the list, once one is in use again. */
export function restoredText({ desk, lostHelpChannel }: Restored): string {
  const lost = lostHelpChannel === undefined ? '' : `\nIt has no help channel now: ${lostHelpChannel}`;
  return `:white_check_mark: *${safeName(desk.name)}* is in use again, with nobody on it yet. Edit it in the list of desks.${lost}`;
}
