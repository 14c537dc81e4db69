// SPDX-License-Identifier: Apache-2.0
#include <sodium.h>

#include "ledger/key.h"

void key_sign_bytes(const SigningKey *key, const void *bytes, size_t length,
                    char signature[SIGNATURE_HEX]) {
  uint8_t raw[crypto_sign_BYTES];
  crypto_sign_detached(raw, NULL, bytes, length, key->secret);
  hex_text(signature, raw, sizeof raw);
}

bool key_verify_bytes(const char *public_hex, const void *bytes, size_t length,
                      const char *signature) {
  uint8_t raw[crypto_sign_BYTES], public_key[crypto_sign_PUBLICKEYBYTES];
  return sodium_init() >= 0 && hex_bytes(signature, raw, sizeof raw) &&
         hex_bytes(public_hex, public_key, sizeof public_key) &&
         crypto_sign_verify_detached(raw, bytes, length, public_key) == 0;
}

void key_sign(const SigningKey *key, const ChainHead *head, char signature[SIGNATURE_HEX]) {
  char message[256];
  key_sign_bytes(key, message, chain_head_message(head, message, sizeof message), signature);
}

bool key_verify(const char *public_hex, const ChainHead *head, const char *signature) {
  char message[256];
  size_t length = chain_head_message(head, message, sizeof message);
  return key_verify_bytes(public_hex, message, length, signature);
}
