// Why no data set was made and what to do about it, in Russian and English. For
// depersonalise_command.cpp; called on the main thread.
#pragma once

#include "app/cli/terminal.h"
#include "app/cli/verdict_words.h"

namespace app {

/// Says what failed and what to do; kExitFailed. A reason without words of its own is told as
/// `tell` does.
int tell_refusal(Terminal& terminal, const core::Error& error, SpokenLanguage language);

}  // namespace app
