/** Judging FHIR resources: the question and the answer. Answered by {@code adapters/fhir-validation}. */
package org.tongmai.standards.validation;
