/** The steps that lead administrators of a fresh workspace to a working desk, on their Home. */
import type { KnownBlock } from '@slack/types';
import type { Setup } from '../../services/home/setup.ts';
import { button, context, header, section } from './blocks.ts';
import { ids as desks } from './desks.ts';
import { ids as expertise } from './expertise.ts';
import { ids as channels } from './support-channels.ts';

type Step = { key: keyof Setup; name: string; about: string; button: string; actionId: string };

const STEPS: readonly Step[] = [
  {
    key: 'helpChannel',
    name: 'A help channel',
    about:
      'An internal channel in which requests for help are posted. Invite Beckon there, then choose it for your desk.',
    button: 'Choose a help channel',
    actionId: desks.open,
  },
  {
    key: 'expertise',
    name: 'The first expertise',
    about: 'Something your team knows about, for example Billing, and the people who know it.',
    button: 'New expertise',
    actionId: expertise.add,
  },
  {
    key: 'agent',
    name: 'The first agent',
    about: 'Put colleagues on a desk. Who is given expertise is on the default desk already.',
    button: 'Add agents',
    actionId: desks.open,
  },
  {
    key: 'supportChannel',
    name: 'A support channel',
    about: 'A channel in which you help a customer, and the desk that answers there.',
    button: 'Add a support channel',
    actionId: channels.add,
  },
];

/** Each with its state; one that is done keeps its place, so that it is seen how far it is. */
export function setupBlocks(setup: Setup): KnownBlock[] {
  const done = STEPS.filter(({ key }) => setup[key]).length;
  const next = STEPS.find(({ key }) => !setup[key]);
  const steps = STEPS.map((step, index) =>
    setup[step.key]
      ? section(`:white_check_mark: *${step.name}*`)
      : section(
          `${index + 1}. *${step.name}*\n${step.about}`,
          button(step.actionId, step.button, step === next ? { style: 'primary' } : {}),
        ),
  );
  return [
    header('Set up Beckon'),
    context(`${done} of ${STEPS.length} steps are done. Only administrators see this.`),
    ...steps,
  ];
}
