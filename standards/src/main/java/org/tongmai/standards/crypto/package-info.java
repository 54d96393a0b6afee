/** National cryptography: SM2, SM3, SM4, and what is signed with them. No Spring, no Camel. */
package org.tongmai.standards.crypto;
