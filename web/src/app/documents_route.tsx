import { PermissionScreen } from '../features/privacy/components/permission_screen';
import { DocumentsPage } from '../features/wallet/pages/documents_page';

export function DocumentsRoute() {
  return <DocumentsPage permission={(onGranted) => <PermissionScreen onGranted={onGranted} />} />;
}
