export { literal, TerraformData, type TerraformDataProps } from "./terraform-data";
