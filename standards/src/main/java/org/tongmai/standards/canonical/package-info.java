/**
 * The canonical model: FHIR R4 resources as JSON trees, how they are written and read, and the events that tell of
 * their change. HAPI's R4 classes are the only FHIR model; the tree is their JSON, not a second model.
 */
package org.tongmai.standards.canonical;
