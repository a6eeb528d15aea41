import { Suspense, type ComponentType } from 'react';
import { Route, Routes } from 'react-router-dom';
import { addTexts, kConsentTexts, kPaperTexts } from '../shared/i18n/language';
import { page } from './lazy_page';
import { StartPage } from './start_page';
import { Waiting } from './waiting';

const RegisterPages = page(
  () => import('../features/identity/pages/register_pages'),
  'RegisterPages',
);
const SignInPage = page(() => import('../features/identity/pages/sign_in_page'), 'SignInPage');

/** A public page about documents or data. */
function paper<Name extends string>(load: () => Promise<Record<Name, ComponentType>>, name: Name) {
  return page(async () => {
    await addTexts(kPaperTexts);
    return load();
  }, name);
}

const EditionPage = paper(() => import('../features/privacy/pages/edition_page'), 'EditionPage');
const EditionsPage = paper(() => import('../features/privacy/pages/editions_page'), 'EditionsPage');
const ProcessingPage = paper(
  () => import('../features/privacy/pages/processing_page'),
  'ProcessingPage',
);
const CheckPage = page(() => import('../features/checker/pages/check_page'), 'CheckPage');
const ContractorsPage = page(async () => {
  await addTexts(kConsentTexts);
  return import('../features/privacy/pages/contractors_page');
}, 'ContractorsPage');
/** Whatever nobody sees on the first visit, down to the list of it. */
const CabinetPages = page(() => import('./cabinet_pages'), 'CabinetPages');

export function Pages() {
  return (
    <Suspense fallback={<Waiting />}>
      <Routes>
        <Route index element={<StartPage />} />
        <Route path="register/*" element={<RegisterPages />} />
        <Route path="sign-in" element={<SignInPage />} />
        <Route path="check" element={<CheckPage />} />
        <Route path="editions" element={<EditionsPage />} />
        <Route path="editions/:kind/:number?" element={<EditionPage />} />
        <Route path="contractors" element={<ContractorsPage />} />
        <Route path="processing" element={<ProcessingPage />} />
        <Route path="*" element={<CabinetPages />} />
      </Routes>
    </Suspense>
  );
}
