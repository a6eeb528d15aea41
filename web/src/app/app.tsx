import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { BrowserRouter } from 'react-router-dom';
import { setUnauthenticatedHandler } from '../shared/api/client';
import { NetworkError } from '../shared/api/problem';
import { kSessionKey } from '../shared/session/me';
import { ErrorBoundary } from './error_boundary';
import { Layout } from './layout';
import { Pages } from './pages';

const kRetriesMax = 1;

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      // "always": offline, a query fails at once and the page falls back to what was kept.
      networkMode: 'always',
      staleTime: 15_000,
      retry: (failures, error) => error instanceof NetworkError && navigator.onLine && failures < kRetriesMax,
    },
    mutations: { networkMode: 'always' },
  },
});

setUnauthenticatedHandler(() => void queries.invalidateQueries({ queryKey: kSessionKey }));

export function App() {
  return (
    <QueryClientProvider client={queries}>
      <BrowserRouter future={{ v7_startTransition: true, v7_relativeSplatPath: true }}>
        <Layout>
          <ErrorBoundary>
            <Pages />
          </ErrorBoundary>
        </Layout>
      </BrowserRouter>
    </QueryClientProvider>
  );
}
