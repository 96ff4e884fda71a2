import { render } from 'preact';
import { readPeople } from './api.ts';
import { followEvents } from './live.ts';
import { App } from './shell/app.tsx';
import { startPerson } from './shell/identity.ts';
import { ActionsContext, createActions } from './state/actions.ts';
import { hashToPlace } from './state/route.ts';
import { createStore, StoreContext } from './state/store.tsx';

const root = document.querySelector('#page');

/** Opens the page as the person named in the address, or as the one suggested first. */
async function start(page: Element): Promise<void> {
  const as = new URLSearchParams(location.search).get('as') ?? startPerson(await readPeople());
  const store = createStore();
  const actions = createActions(store, as);
  followEvents(as, {
    event: actions.live,
    connected: () => {
      store.dispatch({ type: 'connected', connected: true });
      void actions.refresh();
    },
    lost: () => store.dispatch({ type: 'connected', connected: false }),
  });
  addEventListener('popstate', () => {
    const place = hashToPlace(location.hash);
    if (place) actions.go(place);
  });
  render(
    <StoreContext.Provider value={store}>
      <ActionsContext.Provider value={actions}>
        <App />
      </ActionsContext.Provider>
    </StoreContext.Provider>,
    page,
  );
  await actions.refresh();
}

async function startOrRetry(page: Element): Promise<void> {
  try {
    await start(page);
  } catch {
    page.textContent = 'The local workspace does not answer yet. Trying again…';
    setTimeout(() => void startOrRetry(page), 1000);
  }
}

if (root) void startOrRetry(root);
