if(OHMLOOP_SANITIZE)
  add_compile_options(-fsanitize=${OHMLOOP_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${OHMLOOP_SANITIZE})
endif()
