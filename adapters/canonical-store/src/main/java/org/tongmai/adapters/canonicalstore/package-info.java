/** Keeps canonical FHIR R4 resources on PostgreSQL: versions, history and a search index. */
package org.tongmai.adapters.canonicalstore;
