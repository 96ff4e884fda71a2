/** Requests for help are internal: they may be posted only where no customer reads. */
import { isCustomer } from '../../domain/person.ts';
import { harmless, listed } from '../../domain/wording.ts';
import { Refusal } from '../../errors.ts';
import { listOpenConversationsIn } from '../../store/conversations.ts';
import type { KnownPerson } from '../../store/people.ts';
import { findSupportChannel } from '../../store/support-channels.ts';
import type { ChannelFacts, Deps } from '../deps.ts';
import { meet } from '../person/meet.ts';

const HELP_CHANNEL_FIELD = 'help_channel';

const refused = (message: string, code: 'invalid' | 'unavailable' = 'invalid'): Refusal =>
  new Refusal(code, message, HELP_CHANNEL_FIELD);

const silence = (): Refusal =>
  refused('Slack did not answer just now, so Beckon could not check this channel. Please save again.', 'unavailable');

const NAMED_MAX = 5;

function requireSafe(channel: ChannelFacts): void {
  const name = `#${harmless(channel.name)}`;
  if (channel.kind !== 'channel')
    throw refused('A direct or group message cannot be a help channel. Choose a channel.');
  if (channel.isArchived) throw refused(`${name} is archived. Choose a channel that is in use.`);
  if (channel.isShared) {
    throw refused(
      `${name} is shared with another organization, which would read every request for help. Choose an internal channel.`,
    );
  }
  if (!channel.isMember) {
    throw refused(`Beckon is not in ${name}. Type /invite @Beckon there, then save again.`);
  }
}

function requireNoCustomers(members: readonly string[], people: ReadonlyMap<string, KnownPerson>): void {
  const known = members.flatMap((userId) => people.get(userId) ?? []);
  const customers = known.filter(isCustomer).map(({ name }) => harmless(name));
  if (customers.length > 0) {
    const more = customers.length > NAMED_MAX ? [`${customers.length - NAMED_MAX} more`] : [];
    throw refused(
      `${listed([...customers.slice(0, NAMED_MAX), ...more])} would read every request for help there: guests and people from other organizations are customers. Choose a channel without them.`,
    );
  }
  if (known.length < members.length) throw silence();
}

/**
 * Checks with Slack that a channel may be a help channel. It must be called outside a transaction.
 *
 * @throws Refusal on `help_channel`: `invalid` with what to do, `unavailable` where Slack did not say
 */
export async function requireHelpChannel(deps: Deps, workspaceId: string, channelId: string): Promise<void> {
  const channel = await deps.slack.channel(workspaceId, channelId);
  if (channel === 'unknown') throw silence();
  if (channel === 'missing') {
    throw refused('Beckon cannot see this channel. If it is private, type /invite @Beckon there, then save again.');
  }
  requireSafe(channel);
  if (await findSupportChannel(deps.db, workspaceId, channelId)) {
    throw refused(
      `#${harmless(channel.name)} is a support channel, where customers write. Choose an internal channel.`,
    );
  }
  if ((await listOpenConversationsIn(deps.db, workspaceId, channelId)).length > 0) {
    throw refused(
      `A conversation with a customer is open in #${harmless(channel.name)}. Close it first, or choose another channel.`,
    );
  }
  const members = await deps.slack.members(workspaceId, channelId);
  if (members === 'unknown') throw silence();
  requireNoCustomers(members, await meet(deps, workspaceId, members));
}
