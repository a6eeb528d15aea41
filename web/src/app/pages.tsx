import { Suspense, lazy, type ComponentType } from 'react';
import { Route, Routes } from 'react-router-dom';
import { addTexts, kDeskTexts } from '../shared/i18n/language';
import { Screen } from '../shared/ui/screen';
import { Skeleton } from '../shared/ui/skeleton';
import { NotFoundPage } from './not_found_page';
import { RequireSession } from './require_session';
import { StartPage } from './start_page';

function page<Name extends string>(load: () => Promise<Record<Name, ComponentType>>, name: Name) {
  return lazy(async () => ({ default: (await load())[name] }));
}

const RegisterPages = page(
  () => import('../features/identity/pages/register_pages'),
  'RegisterPages',
);
const SignInPage = page(() => import('../features/identity/pages/sign_in_page'), 'SignInPage');
const LevelPage = page(() => import('../features/identity/pages/level_page'), 'LevelPage');
const SessionsPage = page(() => import('../features/identity/pages/sessions_page'), 'SessionsPage');
const SecurityPage = page(() => import('../features/identity/pages/security_page'), 'SecurityPage');
const HistoryPage = page(() => import('../features/identity/pages/history_page'), 'HistoryPage');
const EditionPage = page(() => import('../features/privacy/pages/edition_page'), 'EditionPage');
const CheckPage = page(() => import('../features/checker/pages/check_page'), 'CheckPage');
const DigitalIdPage = page(
  () => import('../features/wallet/pages/digital_id_page'),
  'DigitalIdPage',
);
const AuthorizeRoute = page(() => import('./openid_routes'), 'AuthorizeRoute');
const LogoutRoute = page(() => import('./openid_routes'), 'LogoutRoute');
const ConnectionsPage = page(
  () => import('../features/openid/pages/connections_page'),
  'ConnectionsPage',
);
const DevicePage = page(() => import('../features/openid/pages/device_page'), 'DevicePage');
const RelyingPartiesPage = page(async () => {
  await addTexts(kDeskTexts);
  return import('../features/openid/pages/relying_parties_page');
}, 'RelyingPartiesPage');
const RelyingPartyPage = page(async () => {
  await addTexts(kDeskTexts);
  return import('../features/openid/pages/relying_party_page');
}, 'RelyingPartyPage');
const HomeRoute = page(() => import('./home_route'), 'HomeRoute');
const DocumentsRoute = page(() => import('./documents_route'), 'DocumentsRoute');
const ProfileRoute = page(() => import('./profile_route'), 'ProfileRoute');

function Waiting() {
  return (
    <Screen>
      <Skeleton blocks={[40, 120, 120]} />
    </Screen>
  );
}

export function Pages() {
  return (
    <Suspense fallback={<Waiting />}>
      <Routes>
        <Route index element={<StartPage />} />
        <Route path="register/*" element={<RegisterPages />} />
        <Route path="sign-in" element={<SignInPage />} />
        <Route path="authorize" element={<AuthorizeRoute />} />
        <Route path="device" element={<DevicePage />} />
        <Route path="sign-out" element={<LogoutRoute />} />
        <Route path="check" element={<CheckPage />} />
        <Route path="editions/:kind/:number?" element={<EditionPage />} />
        <Route element={<RequireSession />}>
          <Route path="home" element={<HomeRoute />} />
          <Route path="level" element={<LevelPage />} />
          <Route path="documents/:kind?" element={<DocumentsRoute />} />
          <Route path="digital-id" element={<DigitalIdPage />} />
          <Route path="sessions" element={<SessionsPage />} />
          <Route path="security" element={<SecurityPage />} />
          <Route path="history" element={<HistoryPage />} />
          <Route path="connections" element={<ConnectionsPage />} />
          <Route path="desk/relying-parties" element={<RelyingPartiesPage />} />
          <Route path="desk/relying-parties/:clientId" element={<RelyingPartyPage />} />
          <Route path="profile" element={<ProfileRoute />} />
        </Route>
        <Route path="*" element={<NotFoundPage />} />
      </Routes>
    </Suspense>
  );
}
