/** Where a conversation is. */

export type Place = {
  readonly channelId: string;
  /** '' for the channel's own conversation. */
  readonly threadTs: string;
  /** Without '#'; '' where Slack did not say. */
  readonly channelName: string;
  readonly isPrivate: boolean;
  /** A web address that opens it; '' where the workspace's is not known. */
  readonly link: string;
  /** The first message of the thread was deleted: its web address may lead nowhere, and nothing may be posted there any more. */
  readonly isRootGone?: boolean;
};

/** Where somebody means, as they named it: a channel, or the thread that begins with a message of it. */
export type Spot = { readonly channelId: string; readonly threadTs?: string };

/**
 * The web address of a channel or of a message that begins a thread.
 *
 * @param workspaceUrl as Slack names it, with a slash at the end
 */
export function placeUrl(workspaceUrl: string, channelId: string, threadTs: string): string {
  if (workspaceUrl === '') return '';
  const message = threadTs === '' ? '' : `/p${threadTs.replace('.', '')}`;
  return `${workspaceUrl}archives/${channelId}${message}`;
}

/** The place of something that has one among other things. */
export const placeOf = ({ channelId, threadTs, channelName, isPrivate, link, isRootGone }: Place): Place => ({
  channelId,
  threadTs,
  channelName,
  isPrivate,
  link,
  ...(isRootGone === true && { isRootGone }),
});

/** When the first message of a thread was written, ISO UTC; undefined for a channel's own conversation. */
export function begunAt(threadTs: string): string | undefined {
  const seconds = Number(threadTs);
  return threadTs === '' || !Number.isFinite(seconds) ? undefined : new Date(seconds * 1000).toISOString();
}
