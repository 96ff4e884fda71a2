/** Merging expertise: into which, what moves, and that it is done. */
import type { InputBlock } from '@slack/types';
import { counted, listed } from '../../domain/wording.ts';
import type { MergeForm, MergePlan } from '../../services/expertise/merge.ts';
import type { UsageCounts } from '../../services/expertise/usage.ts';
import { context, messageModal, modal, plain, safeName, section, type Modal } from './blocks.ts';
import { EXPERTISE_OPTIONS } from './expertise-input.ts';
import { input, option, readChoiceChange, type SubmittedForm } from './form.ts';

export const ids = {
  /** A button that asks into which the one whose id is its value is merged. */
  open: 'expertise_merge.open',
  form: 'expertise_merge.form',
  confirm: 'expertise_merge.confirm',
} as const;

const TITLE = 'Merge expertise';

/** "3 people, 1 open conversation and 2 open requests for help"; '' where it is used nowhere. */
export function usageWords({ people, conversations, requests }: UsageCounts): string {
  const words = [
    ...(people > 0 ? [counted(people, 'person', 'people')] : []),
    ...(conversations > 0 ? [counted(conversations, 'open conversation')] : []),
    ...(requests > 0 ? [counted(requests, 'open request for help', 'open requests for help')] : []),
  ];
  return listed(words);
}

function intoInput({ catalogue }: MergeForm): InputBlock {
  const how = { actionId: EXPERTISE_OPTIONS, hint: 'This one stays, with its own name and description.' };
  if (catalogue.kind === 'search') {
    const element = { type: 'external_select' as const, min_query_length: 0, placeholder: plain('Type a name') };
    return input('into', 'Merge into', element, how);
  }
  const options = catalogue.choices.map(({ id, name }) => option(name, id));
  return input('into', 'Merge into', { type: 'static_select', placeholder: plain('Choose expertise'), options }, how);
}

export function mergeModal(form: MergeForm): Modal {
  const used = usageWords(form.counts);
  const name = `*${safeName(form.from.name)}*`;
  return modal(
    TITLE,
    [
      section(used === '' ? `${name} is used nowhere yet.` : `${name} is linked to ${used}. All of it moves.`),
      intoInput(form),
    ],
    { callbackId: ids.form, submit: 'Next', close: 'Cancel', metadata: { fromId: form.from.id } },
  );
}

/** Both, where the confirmation is read; only the one that goes, where the form is. */
const metadataOf = ({ private_metadata: text }: SubmittedForm): { fromId: string; intoId?: string } =>
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the only writers are the builders in this file
  JSON.parse(text) as { fromId: string; intoId?: string };

/** The two, from the form or from its confirmation. */
export function readMerge(form: SubmittedForm): { fromId: string; intoId: string } {
  const { fromId, intoId = readChoiceChange(form, 'into')?.to ?? '' } = metadataOf(form);
  return { fromId, intoId };
}

function peopleLine({ counts, newPeople, into }: MergePlan): string[] {
  if (counts.people === 0) return [];
  const had = counts.people - newPeople;
  const name = `*${safeName(into.name)}*`;
  if (newPeople === 0) return [`•  Nobody is new to ${name}: ${counted(had, 'person has', 'people have')} both`];
  const both = had === 0 ? '' : `; ${counted(had, 'person has', 'people have')} both`;
  return [`•  ${counted(newPeople, 'person', 'people')} will have ${name}${both}`];
}

/** What will happen, before it does. */
export function mergeConfirmModal(plan: MergePlan): Modal {
  const { from, into, counts } = plan;
  const [old, stays] = [`*${safeName(from.name)}*`, `*${safeName(into.name)}*`];
  const moves = [
    ...peopleLine(plan),
    ...(counts.conversations > 0 ? [`•  ${counted(counts.conversations, 'open conversation')} will be about it`] : []),
    ...(counts.requests > 0
      ? [`•  ${counted(counts.requests, 'open request for help', 'open requests for help')} will want it`]
      : []),
    `•  ${old} and its old names will answer as ${stays}`,
  ];
  return modal(
    TITLE,
    [
      section(`Merge ${old} into ${stays}?`),
      section(moves.join('\n')),
      context('What has been written down keeps the name it had. This cannot be undone.'),
    ],
    { callbackId: ids.confirm, submit: 'Merge', close: 'Cancel', metadata: { fromId: from.id, intoId: into.id } },
  );
}

export const mergedModal = ({ from, into }: MergePlan): Modal =>
  messageModal(TITLE, `:white_check_mark: *${safeName(from.name)}* is *${safeName(into.name)}* now.`);
