// Why a message went to nobody and what to do about it, in Russian and English. For
// inform_command.cpp; called on the main thread.
#pragma once

#include "app/cli/terminal.h"
#include "app/cli/verdict_words.h"

namespace app {

/// Says what failed and what to do; kExitFailed. A reason without words here is told as other
/// commands tell it.
int tell_informing_refusal(Terminal& terminal, const core::Error& error, SpokenLanguage language);

}  // namespace app
