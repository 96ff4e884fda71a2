import { useContextStore, useSelect } from '../state/store.tsx';
import { Icon } from '../ui/icon.tsx';

/** Notes in the corner. */
export function Toasts() {
  const store = useContextStore();
  const toasts = useSelect((state) => state.toasts);
  return (
    <div class="toasts" role="region" aria-label="Notices" aria-live="assertive">
      {toasts.map((toast) => (
        <div key={toast.id} class="toast">
          <span>{toast.text}</span>
          <button
            type="button"
            aria-label="Dismiss notice"
            onClick={() => store.dispatch({ type: 'dismiss', id: toast.id })}
          >
            <Icon name="close" size={16} />
          </button>
        </div>
      ))}
    </div>
  );
}
