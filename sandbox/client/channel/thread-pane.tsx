import { useMemo } from 'preact/hooks';
import { useActions } from '../state/actions.ts';
import { inThread, shown } from '../state/messages.ts';
import { useSelect } from '../state/store.tsx';
import { Icon } from '../ui/icon.tsx';
import { Below, channelTitle } from './channel-view.tsx';
import { MessageList } from './message-list.tsx';

/** A thread beside its channel. */
export function ThreadPane({ channel: id, ts }: { channel: string; ts: string }) {
  const actions = useActions();
  const channel = useSelect((state) => state.snapshot?.channels.find((each) => each.id === id));
  const known = useSelect((state) => state.messages[id]);
  const dismissed = useSelect((state) => state.dismissed);
  const messages = useMemo(() => known && shown(inThread(known, ts), dismissed), [known, ts, dismissed]);
  if (!channel) return null;
  return (
    <aside class="thread-pane" aria-label="Thread">
      <header class="main-head">
        <h1>
          Thread <span class="thread-of">{channelTitle(channel)}</span>
        </h1>
        <button
          type="button"
          class="icon-button"
          aria-label="Close thread"
          title="Close thread"
          onClick={actions.closeThread}
        >
          <Icon name="close" />
        </button>
      </header>
      <MessageList key={ts} label="Messages in thread" messages={messages} place="thread" />
      <Below channel={channel} thread={ts} />
    </aside>
  );
}
