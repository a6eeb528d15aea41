import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import '../shared/styles/fonts.css';
import '../shared/styles/tokens.css';
import '../shared/styles/base.css';
import { registerServiceWorker } from '../pwa/register_service_worker';
import { startLanguages } from '../shared/i18n/language';
import { App } from './app';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');

await startLanguages();
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
registerServiceWorker();
