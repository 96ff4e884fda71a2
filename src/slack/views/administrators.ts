/** Administrators: who is one and why, and making others. */
import type { KnownBlock } from '@slack/types';
import { listed } from '../../domain/wording.ts';
import type { AdministratorList } from '../../services/administrator/list.ts';
import type { MadeAdministrators } from '../../services/administrator/make.ts';
import { actions, button, context, mention, messageModal, modal, plain, section, type Modal } from './blocks.ts';
import { input, inTurn, readMetadata, readPeople, type SubmittedForm } from './form.ts';

export const ids = {
  /** A button anywhere that opens the list. */
  open: 'administrators.open',
  form: 'administrators.form',
  /** Takes it back from the person whose id is in its value. */
  remove: 'administrators.remove',
  back: 'administrators.back',
  next: 'administrators.next',
} as const;

const TITLE = 'Administrators';

type Administrator = AdministratorList['administrators'][number];

const dayOf = (iso: string): string => `<!date^${Math.floor(Date.parse(iso) / 1000)}^{date_short}|${iso.slice(0, 10)}>`;

function why({ bySlackRole, made }: Administrator): string {
  const byHand = made && `made by ${mention(made.by)}, ${dayOf(made.at)}`;
  const byRole = bySlackRole ? ['admin or owner of this Slack workspace'] : [];
  return [...byRole, ...(byHand === undefined ? [] : [byHand])].join('; ');
}

function administratorSection(administrator: Administrator, page: number): KnownBlock {
  const { userId, name, made } = administrator;
  const remove = button(ids.remove, 'Remove', {
    value: JSON.stringify({ userId, page }),
    label: `Remove ${name} as administrator`,
    confirm: {
      title: plain('Remove this administrator?'),
      text: plain('They stay an agent if they are one. You can make them an administrator again.'),
      confirm: plain('Remove'),
      deny: plain('Keep'),
      style: 'danger',
    },
  });
  return section(`${mention(userId)}\n${why(administrator)}`, made && remove);
}

function turning({ page, pages }: AdministratorList): KnownBlock[] {
  const back = page > 0 ? [button(ids.back, 'Back', { value: String(page - 1) })] : [];
  const next = page + 1 < pages ? [button(ids.next, 'Next', { value: String(page + 1) })] : [];
  return pages === 1 ? [] : [context(`Page ${page + 1} of ${pages}`), actions(...back, ...next)];
}

const addInput = (turn: number): KnownBlock =>
  input(
    inTurn('administrators', turn),
    'Make administrators',
    { type: 'multi_users_select', placeholder: plain('Choose people') },
    { hint: 'Full members only. Each of them gets a message that says what it means.' },
  );

/**
 * @param said what has just happened, on top
 * @param turn how often people were added in this window: the field is empty again after each
 */
export function administratorsModal(list: AdministratorList, said?: string, turn = 0): Modal {
  return modal(
    TITLE,
    [
      ...(said === undefined ? [] : [section(said)]),
      context(
        'Administrators set up expertise, desks, channels and each other. Admins and owners of the Slack workspace always are; they are listed here once they have used Beckon.',
      ),
      ...list.administrators.map((administrator) => administratorSection(administrator, list.page)),
      ...turning(list),
      addInput(turn),
    ],
    { callbackId: ids.form, submit: 'Add', metadata: { turn } },
  );
}

/** 0 in a window opened before it was counted. */
export const readTurn = ({ private_metadata: text }: Pick<SubmittedForm, 'private_metadata'>): number =>
  text === '' ? 0 : readMetadata<{ turn: number }>({ private_metadata: text }).turn;

export const readAdministrators = (form: SubmittedForm): readonly string[] => readPeople(form, 'administrators') ?? [];

/** @throws SyntaxError for a value that is none of the button's */
export const readRemoval = (value: string): { userId: string; page: number } =>
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the only writer is the button above
  JSON.parse(value) as { userId: string; page: number };

const people = (userIds: readonly string[]): string => {
  const shown = userIds.slice(0, 20).map(mention);
  const left = userIds.length - shown.length;
  return listed(left > 0 ? [...shown, `${left} more`] : shown);
};
const are = (userIds: readonly string[]): string =>
  userIds.length === 1 ? 'is an administrator' : 'are administrators';

export function madeText({ made, already }: MadeAdministrators): string {
  const lines = [
    ...(made.length > 0 ? [`:white_check_mark: ${people(made)} ${are(made)} now.`] : []),
    ...(already.length > 0 ? [`${people(already)} ${are(already)} already.`] : []),
  ];
  return lines.join('\n');
}

export const removedText = (userId: string, removed: boolean): string =>
  removed
    ? `:white_check_mark: ${mention(userId)} is no administrator by hand any more.`
    : `Somebody else removed ${mention(userId)} already.`;

/** To somebody who has taken it from themselves: the list is closed to them now. */
export const removedMyselfModal = (): Modal =>
  messageModal(TITLE, ':white_check_mark: You are no administrator any more.');
