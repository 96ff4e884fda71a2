import { AppView } from './app-view.tsx';
import { ChannelView } from '../channel/channel-view.tsx';
import { ThreadPane } from '../channel/thread-pane.tsx';
import { ModalStack } from '../blocks/modal-stack.tsx';
import { useSelect } from '../state/store.tsx';
import { Icon } from '../ui/icon.tsx';
import { Sidebar } from './sidebar.tsx';
import { Toasts } from './toasts.tsx';
import { TopBar } from './top-bar.tsx';
import { Welcome } from './welcome.tsx';

/** The whole page. */
export function App() {
  const ready = useSelect((state) => state.snapshot !== undefined);
  const failure = useSelect((state) => state.failure);
  const place = useSelect((state) => state.place);
  const thread = useSelect((state) => state.thread);
  if (!ready) {
    return (
      <div class="starting" role="status">
        {failure === undefined ? 'Opening the workspace…' : <Failure text={failure} />}
      </div>
    );
  }
  return (
    <div class="page">
      <TopBar />
      <Welcome />
      <div class="columns">
        <Sidebar />
        <div class="content">
          <Banners />
          <div class={thread ? 'panes with-thread' : 'panes'}>
            {place.type === 'channel' ? <ChannelView id={place.id} /> : <AppView tab={place.tab} />}
            {thread && <ThreadPane key={thread.ts} channel={thread.channel} ts={thread.ts} />}
          </div>
        </div>
      </div>
      <ModalStack />
      <Toasts />
    </div>
  );
}

function Failure({ text }: { text: string }) {
  return (
    <div>
      <p>{text}</p>
      <a href="/">Start as somebody else</a>
    </div>
  );
}

function Banners() {
  const connected = useSelect((state) => state.connected);
  const online = useSelect((state) => state.snapshot?.appOnline ?? true);
  const app = useSelect((state) => state.snapshot?.app.name) ?? '';
  if (!connected) {
    return (
      <p class="banner" role="status">
        <Icon name="warning" size={16} /> Connection lost. Reconnecting…
      </p>
    );
  }
  if (online) return null;
  return (
    <p class="banner" role="status">
      <Icon name="warning" size={16} /> {app} is offline. Commands and buttons will work again as soon as it is back.
    </p>
  );
}
