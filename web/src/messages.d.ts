import type { MessageId } from './i18n/locales';

declare global {
  // Makes a message id that is in no catalogue a type error.
  namespace FormatjsIntl {
    interface Message {
      ids: MessageId;
    }
  }
}
