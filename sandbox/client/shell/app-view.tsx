import { Blocks } from '../blocks/blocks.tsx';
import { Conversation } from '../channel/channel-view.tsx';
import { useActions } from '../state/actions.ts';
import { useSelect } from '../state/store.tsx';
import { Avatar, Badges } from '../ui/avatar.tsx';

/** The app's own place: what it published as Home, and the messages with it. */
export function AppView({ tab }: { tab: 'home' | 'messages' }) {
  const actions = useActions();
  const name = useSelect((state) => state.snapshot?.app.name) ?? '';
  const botId = useSelect((state) => state.snapshot?.app.botUserId);
  const bot = useSelect((state) => state.snapshot?.people.find((person) => person.id === botId));
  const tabs = { home: 'Home', messages: 'Messages' } as const;
  return (
    <main class="main" aria-label={`${name} ${tabs[tab]}`}>
      <header class="main-head app-head">
        <h1>
          <Avatar person={bot} size={26} /> {name} <Badges person={bot} />
        </h1>
        <div role="tablist" aria-label={name} class="tabs">
          {(['home', 'messages'] as const).map((each) => (
            <button
              key={each}
              type="button"
              role="tab"
              aria-selected={tab === each}
              onClick={() => actions.go({ type: 'app', tab: each })}
            >
              {tabs[each]}
            </button>
          ))}
        </div>
      </header>
      {tab === 'home' ? <Home /> : <AppMessages botId={botId} />}
    </main>
  );
}

function Home() {
  const home = useSelect((state) => state.home);
  const description = useSelect((state) => state.snapshot?.app.description) ?? '';
  if (home === undefined) return <div class="home" aria-busy="true" />;
  if (home === null || home.blocks.length === 0) {
    return (
      <div class="empty" role="tabpanel" aria-label="Home">
        <h2>Nothing here yet</h2>
        <p>{description} Its home appears here as soon as the app has written it.</p>
      </div>
    );
  }
  return (
    <div class="home" role="tabpanel" aria-label="Home" tabIndex={0}>
      <div class="home-inside">
        <Blocks blocks={home.blocks} container={{ type: 'view', viewId: home.id }} formKey={home.id} />
      </div>
    </div>
  );
}

function AppMessages({ botId }: { botId: string | undefined }) {
  const channel = useSelect((state) =>
    state.snapshot?.channels.find((each) => each.kind === 'im' && each.withUser === botId),
  );
  if (!channel) {
    return (
      <div class="empty">
        <h2>No messages yet</h2>
        <p>What the app tells you privately appears here.</p>
      </div>
    );
  }
  return <Conversation channel={channel} />;
}
