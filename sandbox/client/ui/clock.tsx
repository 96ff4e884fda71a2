import { useEffect, useState } from 'preact/hooks';
import { useSelect } from '../state/store.tsx';

/** The server's time in epoch milliseconds, drawn anew at this pace. */
export function useNow(everyMs: number): number {
  const offset = useSelect((state) => state.clockOffset);
  const [local, setLocal] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setLocal(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return local + offset;
}
