/** Why a signature or a ciphertext of a counterpart is not accepted: by trying what is usually done differently. */
package org.tongmai.standards.crypto.explain;
