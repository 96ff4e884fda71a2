import { useState } from 'preact/hooks';
import { useSelect } from '../state/store.tsx';
import { Icon } from '../ui/icon.tsx';
import { addressAs, startPerson } from './identity.ts';

const seenKey = 'welcome-seen';

/** One line for who comes here first: what this is and where to begin. */
export function Welcome() {
  const [seen, setSeen] = useState(localStorage.getItem(seenKey) !== null);
  const app = useSelect((state) => state.snapshot?.app.name) ?? '';
  const me = useSelect((state) => state.snapshot?.me);
  const first = useSelect((state) => state.everybody.find((person) => person.id === startPerson(state.everybody)));
  if (seen) return null;
  const dismiss = () => {
    localStorage.setItem(seenKey, 'yes');
    setSeen(true);
  };
  return (
    <p class="welcome">
      <span>
        This is a workspace on your own machine to try {app} in. Nothing leaves it.{' '}
        {first &&
          first.id === me &&
          `You are ${first.realName}, an administrator: type /expertise in any channel, then switch who you are at the top right.`}
        {first && first.id !== me && (
          <>
            Best start as <a href={addressAs(first.id)}>{first.realName}</a>, an administrator.
          </>
        )}
      </span>
      <button type="button" class="icon-button" aria-label="Dismiss introduction" title="Dismiss" onClick={dismiss}>
        <Icon name="close" size={16} />
      </button>
    </p>
  );
}
