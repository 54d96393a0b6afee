/** Uploaded tables by version, and counts of codes without a row, in the schema {@code terminology}. */
package org.tongmai.adapters.canonicalstore.terminology;
