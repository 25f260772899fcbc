/** Where things lie relative to each other, so that the output is the same in every folder. Forward slashes only. */
export interface ProjectPlaces {
  /** The project folder, relative to the folder that Terraform runs a stack in. */
  readonly projectFolder: string;
  /** The environment file, relative to the project folder. */
  readonly environmentFile: string;
  /** The command that runs `cdktf-litellm` from the project folder. */
  readonly toolkit: string;
}
