# Warnings for our own code only: link ohmloop_warnings PRIVATE. They are errors in the dev preset alone, so that a
# newer compiler never breaks a user's build.
add_library(ohmloop_warnings INTERFACE)
target_compile_options(ohmloop_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion -Wnon-virtual-dtor -Wold-style-cast
  -Woverloaded-virtual -Wnull-dereference)
if(OHMLOOP_WERROR)
  target_compile_options(ohmloop_warnings INTERFACE -Werror)
endif()
