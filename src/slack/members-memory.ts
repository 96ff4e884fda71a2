/** Who is in a channel, as Slack said it last and its events have changed it since. */

export type MembersMemory = {
  /** What is known, if it was read within `maxAgeMs`. */
  known(channelId: string, maxAgeMs: number): readonly string[] | undefined;
  keep(channelId: string, members: readonly string[]): void;
  came(channelId: string, userId: string): void;
  went(channelId: string, userId: string): void;
};

/** An empty memory; it lives as long as the process, so that a request for help need not ask who reads the help channel. */
export function membersMemory(now: () => Date): MembersMemory {
  const channels = new Map<string, { at: number; members: ReadonlySet<string> }>();
  const change = (channelId: string, by: (members: Set<string>) => void) => {
    const known = channels.get(channelId);
    if (known === undefined) return;
    const members = new Set(known.members);
    by(members);
    channels.set(channelId, { ...known, members });
  };
  return {
    known(channelId, maxAgeMs) {
      const known = channels.get(channelId);
      if (known === undefined) return undefined;
      const ageMs = now().getTime() - known.at;
      // Below 0: the clock was set back.
      return ageMs >= 0 && ageMs < maxAgeMs ? [...known.members] : undefined;
    },
    keep(channelId, members) {
      channels.set(channelId, { at: now().getTime(), members: new Set(members) });
    },
    came: (channelId, userId) => change(channelId, (members) => members.add(userId)),
    went: (channelId, userId) => change(channelId, (members) => members.delete(userId)),
  };
}
