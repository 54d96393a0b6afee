/** The canonical profiles: FHIR R4 StructureDefinitions made of tables. */
package org.tongmai.standards.profile;
