import { useMemo } from 'preact/hooks';
import type { Channel } from '../../protocol.ts';
import { shown, topLevel } from '../state/messages.ts';
import { useActions } from '../state/actions.ts';
import { useSelect } from '../state/store.tsx';
import { ChannelHeader, ChannelMark } from './channel-header.tsx';
import { Composer } from './composer.tsx';
import { MessageList } from './message-list.tsx';

/** One channel or direct message: head, messages, composer. */
export function ChannelView({ id }: { id: string }) {
  const channel = useSelect((state) => state.snapshot?.channels.find((each) => each.id === id));
  if (!channel) {
    return (
      <main class="main">
        <div class="empty">
          <h2>This channel is private</h2>
          <p>You are not in it, or it does not exist. Ask somebody who is in it to invite you.</p>
        </div>
      </main>
    );
  }
  return (
    <main class="main" aria-label={channelTitle(channel)}>
      <ChannelHeader channel={channel} />
      <Conversation channel={channel} />
    </main>
  );
}

/** "#general", or the other person's name. */
export function channelTitle(channel: Channel): string {
  return channel.kind === 'im' || channel.kind === 'mpim' ? channel.name : `#${channel.name}`;
}

/** The messages of a channel and where to write. */
export function Conversation({ channel }: { channel: Channel }) {
  const known = useSelect((state) => state.messages[channel.id]);
  const dismissed = useSelect((state) => state.dismissed);
  const messages = useMemo(() => known && shown(topLevel(known), dismissed), [known, dismissed]);
  const title = channelTitle(channel);
  return (
    <>
      <MessageList
        key={channel.id}
        label={`Messages in ${title}`}
        messages={messages}
        place="channel"
        intro={<Intro channel={channel} />}
      />
      <Below channel={channel} />
    </>
  );
}

/** The composer, or why there is none. */
export function Below({ channel, thread }: { channel: Channel; thread?: string }) {
  const actions = useActions();
  const deaf = useSelect(
    ({ snapshot }) => snapshot?.app.messagesReadOnly === true && channel.withUser === snapshot.app.botUserId,
  );
  if (channel.archived)
    return (
      <p class="composer-closed">This channel is archived. Its messages can be read, but nothing new can be written.</p>
    );
  if (!channel.member) {
    return (
      <div class="composer-closed">
        <p>
          You are looking at <b>{channelTitle(channel)}</b>. Join it to write here.
        </p>
        <button
          type="button"
          class="button primary"
          onClick={() => void actions.tell('joinChannel', { channel: channel.id })}
        >
          Join channel
        </button>
      </div>
    );
  }
  if (deaf) {
    return <p class="composer-closed">Sending messages to this app has been turned off.</p>;
  }
  const label = thread === undefined ? `Message ${channelTitle(channel)}` : 'Reply…';
  return <Composer channel={channel.id} label={label} {...(thread === undefined ? {} : { thread })} />;
}

function Intro({ channel }: { channel: Channel }) {
  const direct = channel.kind === 'im' || channel.kind === 'mpim';
  return (
    <div class="channel-intro">
      <h2>
        <ChannelMark channel={channel} size={26} /> {channel.name}
      </h2>
      <p>
        {direct
          ? `This is the beginning of your direct messages with ${channel.name}. Only the two of you see them.`
          : `This is the very beginning of the ${channelTitle(channel)} channel.`}
        {!direct && channel.topic !== '' && ` ${channel.topic}`}
      </p>
    </div>
  );
}
