import { HomePage } from '../features/identity/pages/home_page';
import { EditionNotice } from '../features/privacy/components/edition_notice';
import { DocumentsNote } from '../features/wallet/components/documents_note';

export function HomeRoute() {
  return <HomePage documentsNote={<DocumentsNote />} notice={<EditionNotice />} />;
}
