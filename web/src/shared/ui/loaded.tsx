import type { ReactNode } from 'react';
import { ErrorNotice } from './error_notice';
import { Skeleton } from './skeleton';

interface Query<T> {
  data: T | undefined;
  error: unknown;
  refetch: () => unknown;
}

interface LoadedProps<T> {
  query: Query<T>;
  blocks: number[];
  children: (data: T) => ReactNode;
}

/** The three faces of something that is read: coming, failed, here. */
export function Loaded<T>({ query, blocks, children }: LoadedProps<T>) {
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (query.error) return <ErrorNotice error={query.error} onRetry={() => void query.refetch()} />;
  return <Skeleton blocks={blocks} />;
}
