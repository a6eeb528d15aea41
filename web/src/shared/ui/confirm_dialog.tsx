import type { ReactNode } from 'react';
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { Button } from './button';
import { ErrorNotice } from './error_notice';
import './confirm_dialog.css';

interface ConfirmDialogProps {
  title: string;
  text: string;
  confirm: string;
  pending?: boolean;
  error?: unknown;
  /** A third answer, under the two. */
  more?: ReactNode;
  onConfirm: () => void;
  onClose: () => void;
}

/** Asks before something that cannot be taken back. Both answers are equally big. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { t } = useTranslation();
  return (
    <ModalOverlay
      className="dialog-ground"
      isOpen
      isDismissable
      onOpenChange={(open) => !open && props.onClose()}
    >
      <Modal className="dialog-frame">
        <Dialog className="dialog" role="alertdialog">
          <Heading slot="title">{props.title}</Heading>
          <p>{props.text}</p>
          <ErrorNotice error={props.error} />
          <div className="pair">
            <Button look="secondary" onClick={props.onClose}>
              {t('common.cancel')}
            </Button>
            <Button pending={props.pending ?? false} onClick={props.onConfirm}>
              {props.confirm}
            </Button>
          </div>
          {props.more}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
