/** Steps of Slack's Workflow Builder. */
import type { App, StringIndexed } from '@slack/bolt';
import { z } from 'zod';
import { GIVE_UP_MINUTES } from '../domain/step.ts';
import type { Deps } from '../services/deps.ts';
import { offeredExpertise } from '../services/expertise/options.ts';
import { askForHelpStep } from '../services/step/ask-for-help.ts';
import { forwardStep } from '../services/step/forward.ts';
import { workspaceOf } from './actor.ts';
import { option } from './views/form.ts';

const LIST_EXPERTISE = 'list_expertise';

/** A list may arrive as one text where whoever built the workflow put a variable into it. */
const Names = z
  .union([z.array(z.string()), z.string().transform((text) => text.split(','))])
  .catch([])
  .transform((names) => names.map((name) => name.trim()).filter((name) => name !== ''));

const Text = z.string().catch('');

const Minutes = z.preprocess((minutes) => minutes ?? GIVE_UP_MINUTES.initial, z.coerce.number().catch(Number.NaN));

/** Nothing here throws: what does not make sense is refused in words by the verb. */
const AskInputs = z.object({ channel: Text, expertise: Names, note: Text, give_up_after: Minutes });

const ForwardInputs = z.object({ channel: Text, expertise: Names, language: Text, message: Text, note: Text });

const Listing = z.object({ event: z.object({ function: z.object({ callback_id: z.literal(LIST_EXPERTISE) }) }) });

/** Whether Slack waits for what this event asks: a list to choose from, while somebody has it open. */
export const isAnsweredAtOnce = (body: StringIndexed): boolean => Listing.safeParse(body).success;

export function registerSteps(app: App, deps: Deps): void {
  app.function('ask_for_help', async ({ event, context }) => {
    const { channel, expertise, note, give_up_after: giveUpMinutes } = AskInputs.parse(event.inputs);
    const execution = { workspaceId: workspaceOf(context), executionId: event.function_execution_id };
    await askForHelpStep(deps, execution, { channelId: channel, expertise, note, giveUpMinutes });
  });
  app.function('forward_to_operator', async ({ event, context }) => {
    const { channel: channelId, ...step } = ForwardInputs.parse(event.inputs);
    const execution = { workspaceId: workspaceOf(context), executionId: event.function_execution_id };
    await forwardStep(deps, execution, { channelId, ...step });
  });
  // Slack reads the list when the event is acknowledged, so it is completed first (docs: custom steps, dynamic options).
  app.function(LIST_EXPERTISE, { autoAcknowledge: false }, async ({ inputs, context, complete, fail, ack, logger }) => {
    try {
      const choices = await offeredExpertise(deps, workspaceOf(context), Text.parse(inputs['query']));
      await complete({ outputs: { options: choices.map(({ id, name }) => option(name, id)) } });
    } catch (error) {
      logger.error('A list of expertise could not be given to Slack.', error);
      await fail({ error: 'Beckon could not list its expertise just now. Please try again in a moment.' });
    } finally {
      await ack();
    }
  });
}
