import { useEffect, useState } from 'react';

/** Whether the browser has said that it is connected again since this was first shown. */
export function useBackOnline(): boolean {
  const [online, setOnline] = useState(false);
  useEffect(() => {
    const back = () => setOnline(true);
    const gone = () => setOnline(false);
    window.addEventListener('online', back);
    window.addEventListener('offline', gone);
    return () => {
      window.removeEventListener('online', back);
      window.removeEventListener('offline', gone);
    };
  }, []);
  return online;
}
