import { Suspense, type ComponentType } from 'react';
import { Route, Routes } from 'react-router-dom';
import { addTexts, kCabinetTexts, kConsentTexts, kDeskTexts, kPaperTexts, kRequestTexts } from '../shared/i18n/language';
import { page } from './lazy_page';
import { NotFoundPage } from './not_found_page';
import { RequireSession } from './require_session';
import { Waiting } from './waiting';

/** Its texts come with the page. */
function cabinet<Name extends string>(load: () => Promise<Record<Name, ComponentType>>, name: Name) {
  return page(async () => {
    await addTexts(kCabinetTexts);
    return load();
  }, name);
}

const LevelPage = cabinet(() => import('../features/identity/pages/level_page'), 'LevelPage');
const SessionsPage = cabinet(() => import('../features/identity/pages/sessions_page'), 'SessionsPage');
const SecurityPage = cabinet(() => import('../features/identity/pages/security_page'), 'SecurityPage');
const HistoryPage = cabinet(() => import('../features/identity/pages/history_page'), 'HistoryPage');
const WhoLookedPage = cabinet(
  () => import('../features/audit/pages/who_looked_page'),
  'WhoLookedPage',
);
const EmailPage = cabinet(() => import('../features/identity/pages/email_page'), 'EmailPage');
const ExportPage = cabinet(() => import('../features/identity/pages/export_page'), 'ExportPage');
const NumbersPage = cabinet(() => import('../features/identity/pages/numbers_page'), 'NumbersPage');
const DeletionRoute = cabinet(() => import('./deletion_route'), 'DeletionRoute');
const LostNumberPage = cabinet(
  () => import('../features/identity/pages/lost_number_page'),
  'LostNumberPage',
);
const ReceiptPage = cabinet(() => import('../features/identity/pages/receipt_page'), 'ReceiptPage');
const AgreementPage = cabinet(async () => {
  await addTexts(kPaperTexts);
  return import('../features/privacy/pages/agreement_page');
}, 'AgreementPage');
const MyDataPage = cabinet(async () => {
  await addTexts(kPaperTexts);
  return import('../features/privacy/pages/my_data_page');
}, 'MyDataPage');
const BlocksPage = cabinet(async () => {
  await addTexts(kPaperTexts);
  return import('../features/privacy/pages/blocks_page');
}, 'BlocksPage');
const RequestsPage = cabinet(async () => {
  await addTexts(kRequestTexts);
  return import('../features/privacy/pages/requests_page');
}, 'RequestsPage');
const NewRequestPage = cabinet(async () => {
  await addTexts(kRequestTexts);
  return import('../features/privacy/pages/new_request_page');
}, 'NewRequestPage');
const RequestPage = cabinet(async () => {
  await addTexts(kRequestTexts);
  return import('../features/privacy/pages/request_page');
}, 'RequestPage');
const DeskRequestsPage = cabinet(async () => {
  await addTexts(kDeskTexts);
  await addTexts(kRequestTexts);
  return import('../features/privacy/pages/desk_requests_page');
}, 'DeskRequestsPage');
const DeskRequestPage = cabinet(async () => {
  await addTexts(kDeskTexts);
  await addTexts(kRequestTexts);
  return import('../features/privacy/pages/desk_request_page');
}, 'DeskRequestPage');
const DeskDisputesPage = cabinet(async () => {
  await addTexts(kDeskTexts);
  return import('../features/audit/pages/desk_disputes_page');
}, 'DeskDisputesPage');
const DeskDisputePage = cabinet(async () => {
  await addTexts(kDeskTexts);
  return import('../features/audit/pages/desk_dispute_page');
}, 'DeskDisputePage');
const DigitalIdPage = cabinet(
  () => import('../features/wallet/pages/digital_id_page'),
  'DigitalIdPage',
);
const AuthorizeRoute = cabinet(() => import('./openid_routes'), 'AuthorizeRoute');
const LogoutRoute = cabinet(() => import('./openid_routes'), 'LogoutRoute');
const ConnectionsPage = cabinet(
  () => import('../features/openid/pages/connections_page'),
  'ConnectionsPage',
);
const DevicePage = cabinet(() => import('../features/openid/pages/device_page'), 'DevicePage');
const RelyingPartiesPage = cabinet(async () => {
  await addTexts(kDeskTexts);
  return import('../features/openid/pages/relying_parties_page');
}, 'RelyingPartiesPage');
const RelyingPartyPage = cabinet(async () => {
  await addTexts(kDeskTexts);
  return import('../features/openid/pages/relying_party_page');
}, 'RelyingPartyPage');
const ConsentsRoute = cabinet(async () => {
  await addTexts(kConsentTexts);
  return import('./consents_route');
}, 'ConsentsRoute');
const GiveConsentPage = cabinet(async () => {
  await addTexts(kConsentTexts);
  return import('../features/privacy/pages/give_consent_page');
}, 'GiveConsentPage');
const ConsentDocumentPage = cabinet(async () => {
  await addTexts(kConsentTexts);
  return import('../features/privacy/pages/consent_document_page');
}, 'ConsentDocumentPage');
const HomeRoute = cabinet(() => import('./home_route'), 'HomeRoute');
const DocumentsRoute = cabinet(() => import('./documents_route'), 'DocumentsRoute');
const ProfileRoute = cabinet(() => import('./profile_route'), 'ProfileRoute');

/** Pages of those who are signed in, have left, or came from another site. */
export function CabinetPages() {
  return (
    <Suspense fallback={<Waiting />}>
      <Routes>
        <Route path="authorize" element={<AuthorizeRoute />} />
        <Route path="device" element={<DevicePage />} />
        <Route path="sign-out" element={<LogoutRoute />} />
        <Route path="lost-number" element={<LostNumberPage />} />
        <Route path="receipt" element={<ReceiptPage />} />
        <Route element={<RequireSession />}>
          <Route path="home" element={<HomeRoute />} />
          <Route path="agreement" element={<AgreementPage />} />
          <Route path="my-data" element={<MyDataPage />} />
          <Route path="my-data/blocks" element={<BlocksPage />} />
          <Route path="consents" element={<ConsentsRoute />} />
          <Route path="consents/give/:purpose" element={<GiveConsentPage />} />
          <Route path="consents/document/:sha256" element={<ConsentDocumentPage />} />
          <Route path="requests" element={<RequestsPage />} />
          <Route path="requests/new" element={<NewRequestPage />} />
          <Route path="requests/:requestId" element={<RequestPage />} />
          <Route path="desk/requests" element={<DeskRequestsPage />} />
          <Route path="desk/requests/:requestId" element={<DeskRequestPage />} />
          <Route path="desk/disputes" element={<DeskDisputesPage />} />
          <Route path="desk/disputes/:entryId" element={<DeskDisputePage />} />
          <Route path="level" element={<LevelPage />} />
          <Route path="documents/:kind?" element={<DocumentsRoute />} />
          <Route path="digital-id" element={<DigitalIdPage />} />
          <Route path="sessions" element={<SessionsPage />} />
          <Route path="security" element={<SecurityPage />} />
          <Route path="history" element={<HistoryPage />} />
          <Route path="who-looked" element={<WhoLookedPage />} />
          <Route path="connections" element={<ConnectionsPage />} />
          <Route path="desk/relying-parties" element={<RelyingPartiesPage />} />
          <Route path="desk/relying-parties/:clientId" element={<RelyingPartyPage />} />
          <Route path="account/numbers" element={<NumbersPage />} />
          <Route path="account/email" element={<EmailPage />} />
          <Route path="account/export" element={<ExportPage />} />
          <Route path="account/deletion" element={<DeletionRoute />} />
          <Route path="profile" element={<ProfileRoute />} />
        </Route>
        <Route path="*" element={<NotFoundPage />} />
      </Routes>
    </Suspense>
  );
}
